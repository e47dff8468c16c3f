import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { oneLine } from '../../core/text.ts';
import type { Source } from '../hook.ts';
import { entriesOf } from './folder.ts';
import type { Problem } from './found.ts';
import { type Door, parsedJson, readJson } from './read-json.ts';

/** Where the client would start, and what it would see there. */
export type Place = {
  /** Its folder: project settings are looked for here, and not above. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Only the plugins in this folder, without any settings. */
  plugins?: string | undefined;
  /** The folder of the machine's owner; the system's own when left out. */
  managed?: string | undefined;
  /** What the client's own command line says: `--settings`, a file or JSON, and each `--plugin-dir`. */
  flags?: Flags | undefined;
};

/** Words of the client's command line. */
export type Flags = { settings: string | undefined; pluginDirs: readonly string[] };

/** A wrong value in one of these, and the client takes nothing from the file. */
const schema = z.object({
  hooks: z.unknown().optional(),
  disableAllHooks: z.boolean().optional(),
  allowManagedHooksOnly: z.boolean().optional(),
  enabledPlugins: z.record(z.string(), z.union([z.boolean(), z.array(z.string())])).optional(),
  extraKnownMarketplaces: z.record(z.string(), z.unknown()).optional(),
  /** The client makes texts of numbers and truths. */
  env: z.record(z.string(), z.coerce.string()).optional().catch(undefined),
});

/** One file of settings. */
export type Layer = z.infer<typeof schema> & {
  source: Extract<Source, 'managed' | 'user' | 'project' | 'local' | 'flag'>;
  file: string;
};

/** The client's own folder of a person: settings, plugins, skills, agents. */
export const homeOf = ({ env }: Place): string => env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude');

/** The same of a project. */
export const projectHomeOf = ({ cwd }: Place): string => join(cwd, '.claude');

const ownersFolder = () =>
  process.platform === 'darwin' ? '/Library/Application Support/ClaudeCode' : '/etc/claude-code';

/** The settings that are in effect; later ones overrule earlier ones. */
export function layersOf(place: Place): { layers: Layer[]; problems: Problem[] } {
  const inProject = projectHomeOf(place) === homeOf(place) ? [] : [join(projectHomeOf(place), 'settings.json')];
  const files: [Layer['source'], string][] = [
    ['user', join(homeOf(place), 'settings.json')],
    ...inProject.map((file): [Layer['source'], string] => ['project', file]),
    ['local', join(projectHomeOf(place), 'settings.local.json')],
  ];
  const read = [
    ...files.map(([source, file]) => readLayer(source, readJson(file), file)),
    flagLayer(place),
    ...ownersFiles(place).map((file) => readLayer('managed', readJson(file), file)),
  ];
  return {
    layers: read.flatMap((layer) => (layer && 'source' in layer ? [layer] : [])),
    problems: read.flatMap((layer) => (layer && 'code' in layer ? [layer] : [])),
  };
}

/** The owner's file, and beside it a folder of parts, by name: a later one overrules an earlier one. */
function ownersFiles({ managed }: Place): string[] {
  const folder = managed ?? ownersFolder();
  const parts = join(folder, 'managed-settings.d');
  const names = entriesOf(parts).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  return [join(folder, 'managed-settings.json'), ...names.map((name) => join(parts, name))];
}

/** What stands on the command line overrules all but the owner. */
function flagLayer({ cwd, flags }: Place): Layer | Problem | null {
  const given = flags?.settings?.trim();
  if (given === undefined || given === '') return null;
  if (given.startsWith('{')) return readLayer('flag', parsedJson(given), '--settings');
  const file = resolve(cwd, given);
  const door = readJson(file);
  return readLayer('flag', door.state === 'absent' ? { state: 'refused', reason: 'it is not there' } : door, file);
}

function readLayer(source: Layer['source'], door: Door<unknown>, file: string): Layer | Problem | null {
  if (door.state === 'absent') return null;
  if (door.state === 'refused') return { code: 'unreadable', file, reason: door.reason };
  const read = schema.safeParse(door.value);
  if (read.success) return { ...read.data, source, file };
  const [{ path, message }] = read.error.issues as [z.core.$ZodIssue];
  return { code: 'unreadable', file, reason: oneLine(`\`${path.join('.')}\`: ${message}`) };
}
