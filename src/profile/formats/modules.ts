import { basename } from 'node:path';
import { type Frame, type Profile, profileBuilder } from '../model.ts';

/** A module in a bundle: its path, what is left of it there, in bytes, and the ids of what it imports. */
export type Module = { id: string; bytes: number; imports: readonly string[] };

/**
 * A profile out of the modules of a bundle, in bytes: each stands below what imports it by the shortest way from an entry, so that
 * a package counts for the module of the project that brought it in.
 */
export function profileOfModules(format: string, modules: readonly Module[], entries: readonly string[]): Profile {
  const builder = profileBuilder(format, 'bytes', false);
  const known = new Map(modules.map((module) => [module.id, module]));
  const placed = new Set<string>();
  const open: { id: string; parent: number }[] = [];
  const enter = (id: string, parent: number) => {
    if (placed.has(id) || !known.has(id)) return;
    placed.add(id);
    open.push({ id, parent });
  };
  const walk = () => {
    for (let i = 0; i < open.length; i++) {
      const { id, parent } = open[i]!;
      const { bytes, imports } = known.get(id)!;
      const node = builder.node(parent, frameOf(id));
      builder.add(node, bytes, 1);
      for (const to of imports) enter(to, node);
    }
    open.length = 0;
  };
  for (const id of entries) enter(id, -1);
  walk();
  for (const { id } of modules) {
    enter(id, -1);
    walk();
  }
  return builder.done();
}

/** A module is a file whose code begins at its first line. What a bundler makes up (`\0commonjsHelpers`) is nobody's. */
function frameOf(id: string): Frame {
  const made = id.startsWith('\0') || id === '';
  const path = id.replace(/^file:\/\//, '').replace(/\?.*$/, '');
  const place = { function: made ? id.replaceAll('\0', '') || '(bundler)' : basename(path), column: null };
  return made ? { ...place, file: null, line: null, kind: 'runtime' } : { ...place, file: path, line: 1, kind: 'code' };
}
