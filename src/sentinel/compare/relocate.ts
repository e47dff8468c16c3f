import { join, relative, resolve } from 'node:path';
import { lies } from '../../cage/steps.ts';
import type { Baseline } from '../baseline/schema.ts';
import type { Dead, Hook } from '../hook.ts';
import type { KeptHook } from '../store/own-files.ts';

/**
 * The hooks of a baseline as they would stand now: a plugin's folder may have moved, such as with its version in the client's cache, and the old
 * files must be seen where the new ones stand, so that the place makes no difference.
 */
export function relocated(baseline: Baseline, current: readonly KeptHook[], plugins: string | null): KeptHook[] {
  const roots = new Map(
    current.flatMap(({ hook }) => (hook.plugin !== null && hook.root !== null ? [[hook.plugin, hook.root]] : [])),
  );
  return baseline.hooks.map(({ declared, hash, objects, lines, ...one }) => {
    const { root, dead } = declared;
    const now = root === null ? null : (roots.get(one.plugin ?? '') ?? elsewhere(root, baseline.of.plugins, plugins));
    const moved = (path: string) =>
      root !== null && now !== null && lies(path, root) ? join(now, relative(root, path)) : path;
    const hook: Hook = {
      ...declared,
      id: one.id,
      plugin: one.plugin,
      event: one.event,
      matcher: one.matcher,
      dead: dead as Dead | null,
      root: now,
      file: moved(declared.file),
    };
    return {
      hook,
      hash,
      files: objects.map((object) => ({ ...object, at: moved(object.at) })),
      lines: Object.fromEntries(Object.entries(lines).map(([file, n]) => [moved(file), n])),
    };
  });
}

/** Where a plugin that is gone would stand in the folder of plugins. */
const elsewhere = (root: string, before: string | null, now: string | null): string =>
  before !== null && now !== null && lies(root, before) ? resolve(now, relative(before, root)) : root;
