import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { oneLine } from '../../core/text.ts';
import { declaredIn, isRecord } from './declared.ts';
import { type Drafts, type Origin, onlyProblem, type Problem, together } from './found.ts';
import { readJson } from './read-json.ts';

/** A plugin that Claude Code loads. `offered`: the marketplace's file, and the hooks that the plugin's entry in this file adds. */
export type Plugin = { id: string; root: string; offered?: { hooks: unknown; file: string } };

/** Plugins, and the problems that prevented finding more plugins. */
export type Plugins = { plugins: Plugin[]; problems: Problem[] };

/** Separates plugins from problems. */
export const sortedOut = (all: readonly (Plugin | Problem)[]): Plugins => ({
  plugins: all.flatMap((one) => ('root' in one ? [one] : [])),
  problems: all.flatMap((one) => ('code' in one ? [one] : [])),
});

const path = z.string().startsWith('./');
const events = z.record(z.string(), z.unknown());

/** The parts of a manifest that decide whether Claude Code loads the plugin, and which hooks the plugin has. */
const manifestSchema = z.object({
  name: z.string().min(1),
  version: z.string().optional(),
  description: z.string().optional(),
  hooks: z.union([path, z.array(z.union([path, events])), events]).optional(),
});

export const manifestOf = (root: string) => join(root, '.claude-plugin', 'plugin.json');
export const hooksFileOf = (root: string) => join(root, 'hooks', 'hooks.json');

/** The hooks of a plugin: from `hooks/hooks.json`, from the files in its manifest, and from its marketplace's entry. */
export function hooksOfPlugin({ id, root, offered }: Plugin): Drafts {
  const from = (file: string): Origin => ({ source: 'plugin', plugin: id, root, file });
  const manifest = readManifest(manifestOf(root));
  const named = [
    ...[manifest.hooks ?? []].flat().map((hooks) => ({ hooks, file: manifestOf(root) })),
    ...[offered?.hooks ?? []].flat().map((hooks) => ({ hooks, file: offered!.file })),
  ];
  const paths = named.map(({ hooks }) => hooks).filter((hooks) => typeof hooks === 'string');
  const files = new Set(['./hooks/hooks.json', ...paths].map((path) => resolve(root, path)));
  const parts: Loaded[] = [
    ...[...files].map((file) => inFile(file, from(file))),
    ...named.flatMap(({ hooks, file }) => (isRecord(hooks) ? [loaded(declaredIn(hooks, from(file)))] : [])),
  ];
  const drafts = together(parts);
  const detail = manifest.refused ?? parts.find(({ refused }) => refused !== null)?.refused;
  if (!detail) return drafts;
  return {
    hooks: drafts.hooks.map((hook) => ({ ...hook, dead: { code: 'plugin_refused', detail } })),
    problems: [...drafts.problems, ...(manifest.refused ? [unreadable(manifestOf(root), manifest.refused)] : [])],
  };
}

/** The hooks of a plugin. `refused`: why Claude Code does not load the plugin at all. */
type Loaded = Drafts & { refused: string | null };

const loaded = (drafts: Drafts): Loaded => ({ ...drafts, refused: null });
const unreadable = (file: string, reason: string) => ({ code: 'unreadable', file, reason }) as const;

function readManifest(file: string): { hooks?: unknown; refused: string | null } {
  const door = readJson(file);
  if (door.state === 'absent') return { refused: null };
  if (door.state === 'refused') return { refused: door.reason };
  const read = manifestSchema.safeParse(door.value);
  if (read.success) return { hooks: read.data.hooks, refused: null };
  const [{ path: at, message }] = read.error.issues as [z.core.$ZodIssue];
  return { refused: `\`${at.join('.')}\` in its manifest is invalid: ${oneLine(message)}` };
}

/** The hooks of a file. If the hooks are a list instead of an object, Claude Code refuses the whole plugin. */
function inFile(file: string, origin: Origin): Loaded {
  const { plugin, root } = origin;
  const missing = () =>
    loaded(onlyProblem({ code: 'no_such_file', plugin: plugin!, file: manifestOf(root!), named: file }));
  if (/^\.\.(\/|$)/.test(relative(root!, file))) return missing();
  const door = readJson(file);
  if (door.state === 'absent') return file === hooksFileOf(root!) ? loaded(together([])) : missing();
  if (door.state === 'refused') return loaded(onlyProblem(unreadable(file, door.reason)));
  const { value } = door;
  if (!isRecord(value)) return loaded(onlyProblem(unreadable(file, 'it is not an object')));
  const { hooks, modules } = value;
  if (Array.isArray(hooks))
    return { ...declaredIn(hooks, origin), refused: '`hooks` is a list, not an object whose keys are events' };
  if (hooks !== undefined) return loaded(declaredIn(hooks, origin));
  return loaded(modules === undefined ? withoutHooks(value, origin) : together([]));
}

/**
 * The hooks of a file in which the events are at the top level and not in `hooks`. All are dead hooks, because Claude Code does not look
 * for events at the top level.
 */
function withoutHooks(value: object, origin: Origin): Drafts {
  const { hooks, problems } = declaredIn(value, origin);
  const expected = '`hooks` around the events';
  if (hooks.length === 0) return onlyProblem(unreadable(origin.file, 'it has neither `hooks` nor `modules`'));
  return { hooks: hooks.map((hook) => ({ ...hook, dead: { code: 'shape', expected } })), problems };
}
