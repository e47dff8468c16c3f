import { relative, resolve } from 'node:path';
import { lies } from '../../cage/steps.ts';
import type { Baseline } from '../baseline/schema.ts';
import type { Dead } from '../hook.ts';
import type { KeptHook } from '../store/own-files.ts';
import { moved } from './moved.ts';

/**
 * The hooks of a baseline, with the present paths of their files. The folder of a plugin can move, for example because its path in Claude
 * Code's cache contains the version. Hooks must see the old files at the paths of the new files, so that both arms have equal paths.
 */
export function relocated(
  baseline: Baseline,
  current: readonly KeptHook[],
  { project, plugins }: Baseline['of'],
): KeptHook[] {
  const roots = new Map(
    current.flatMap(({ hook }) => (hook.plugin !== null && hook.root !== null ? [[hook.plugin, hook.root]] : [])),
  );
  return baseline.hooks.map((kept) => {
    const then = keptThen(kept);
    const { root, plugin } = then.hook;
    return root === null
      ? moved(then, baseline.of.project, project)
      : moved(then, root, roots.get(plugin ?? '') ?? elsewhere(root, baseline.of.plugins, plugins));
  });
}

const keptThen = ({ declared, hash, objects, lines, ...one }: Baseline['hooks'][number]): KeptHook => ({
  hook: {
    ...declared,
    id: one.id,
    plugin: one.plugin,
    event: one.event,
    matcher: one.matcher,
    dead: declared.dead as Dead | null,
  },
  hash,
  files: objects,
  lines,
});

/**
 * The folder of a plugin that no longer exists. If it was below the baseline's folder of plugins, the same path below the present folder of
 * plugins. Otherwise, the old path.
 */
const elsewhere = (root: string, before: string | null, now: string | null): string =>
  before !== null && now !== null && lies(root, before) ? resolve(now, relative(before, root)) : root;
