import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { oneLine } from '../../core/text.ts';
import type { Source } from '../hook.ts';
import type { Problem } from './found.ts';
import { readJson } from './read-json.ts';

/** Where the client would start, and what it would see there. */
export type Place = {
  /** Its folder: project settings are looked for here, and not above. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Only the plugins in this folder, without any settings. */
  plugins?: string | undefined;
  /** The folder of the machine's owner; the system's own when left out. */
  managed?: string | undefined;
};

/** A wrong value in one of these, and the client takes nothing from the file. */
const schema = z.object({
  hooks: z.unknown().optional(),
  disableAllHooks: z.boolean().optional(),
  allowManagedHooksOnly: z.boolean().optional(),
  enabledPlugins: z.record(z.string(), z.union([z.boolean(), z.array(z.string())])).optional(),
  extraKnownMarketplaces: z.record(z.string(), z.unknown()).optional(),
});

/** One file of settings. */
export type Layer = z.infer<typeof schema> & {
  source: Extract<Source, 'managed' | 'user' | 'project' | 'local'>;
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
    ['managed', join(place.managed ?? ownersFolder(), 'managed-settings.json')],
  ];
  const read = files.map(([source, file]) => readLayer(source, file));
  return {
    layers: read.flatMap((layer) => (layer && 'source' in layer ? [layer] : [])),
    problems: read.flatMap((layer) => (layer && 'code' in layer ? [layer] : [])),
  };
}

function readLayer(source: Layer['source'], file: string): Layer | Problem | null {
  const door = readJson(file);
  if (door.state === 'absent') return null;
  if (door.state === 'refused') return { code: 'unreadable', file, reason: door.reason };
  const read = schema.safeParse(door.value);
  if (read.success) return { ...read.data, source, file };
  const [{ path, message }] = read.error.issues as [z.core.$ZodIssue];
  return { code: 'unreadable', file, reason: oneLine(`\`${path.join('.')}\`: ${message}`) };
}
