import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { oneLine } from '../../core/text.ts';
import type { Source } from '../hook.ts';
import { entriesOf } from './folder.ts';
import type { Problem } from './found.ts';
import { type Door, parsedJson, readJson } from './read-json.ts';

/** The folder in which Claude Code would start, and the environment of Claude Code. */
export type Place = {
  /** The working folder. Project settings are looked for only in this folder, not in its parents. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** A folder of plugins. If this folder is given, only the plugins in it are read, and settings are not read. */
  plugins?: string | undefined;
  /** The folder of the settings of the machine's owner. The default is the folder that is usual on the operating system. */
  managed?: string | undefined;
  /** The options of Claude Code's own command line. */
  flags?: Flags | undefined;
};

/** Options of Claude Code's command line: `--settings` (a file or JSON), and each `--plugin-dir`. */
export type Flags = { settings: string | undefined; pluginDirs: readonly string[] };

/** The settings that matter. An invalid value in one of these keys makes Claude Code ignore the whole file. */
const schema = z.object({
  hooks: z.unknown().optional(),
  disableAllHooks: z.boolean().optional(),
  allowManagedHooksOnly: z.boolean().optional(),
  enabledPlugins: z.record(z.string(), z.union([z.boolean(), z.array(z.string())])).optional(),
  extraKnownMarketplaces: z.record(z.string(), z.unknown()).optional(),
  /** The environment variables for hooks. Numbers and booleans become strings, as in Claude Code. */
  env: z.record(z.string(), z.coerce.string()).optional().catch(undefined),
});

/** One file of settings. */
export type Layer = z.infer<typeof schema> & {
  source: Extract<Source, 'managed' | 'user' | 'project' | 'local' | 'flag'>;
  file: string;
};

/** Claude Code's folder for this user, with settings, plugins, skills and agents. */
export const homeOf = ({ env }: Place): string => env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude');

/** Claude Code's folder in the project. */
export const projectHomeOf = ({ cwd }: Place): string => join(cwd, '.claude');

const ownersFolder = () =>
  process.platform === 'darwin' ? '/Library/Application Support/ClaudeCode' : '/etc/claude-code';

/** The layers of settings that are in effect. Later layers override earlier ones. */
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

/**
 * The settings file of the machine's owner, and then the files of the folder `managed-settings.d` next to this file, sorted by name. Later
 * files override earlier ones.
 */
function ownersFiles({ managed }: Place): string[] {
  const folder = managed ?? ownersFolder();
  const parts = join(folder, 'managed-settings.d');
  const names = entriesOf(parts).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  return [join(folder, 'managed-settings.json'), ...names.map((name) => join(parts, name))];
}

/** The settings of the command line override all others except those of the machine's owner. */
function flagLayer({ cwd, flags }: Place): Layer | Problem | null {
  const given = flags?.settings?.trim();
  if (given === undefined || given === '') return null;
  if (given.startsWith('{')) return readLayer('flag', parsedJson(given), '--settings');
  const file = resolve(cwd, given);
  const door = readJson(file);
  return readLayer('flag', door.state === 'absent' ? { state: 'refused', reason: 'it does not exist' } : door, file);
}

function readLayer(source: Layer['source'], door: Door<unknown>, file: string): Layer | Problem | null {
  if (door.state === 'absent') return null;
  if (door.state === 'refused') return { code: 'unreadable', file, reason: door.reason };
  const read = schema.safeParse(door.value);
  if (read.success) return { ...read.data, source, file };
  const [{ path, message }] = read.error.issues as [z.core.$ZodIssue];
  return { code: 'unreadable', file, reason: oneLine(`\`${path.join('.')}\`: ${message}`) };
}
