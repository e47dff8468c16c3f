import { basename } from 'node:path';
import { type Frame, type Profile, profileBuilder } from '../model.ts';

/** A module in a bundle: its path, its bytes in the bundle, and the ids of the modules that it imports. */
export type Module = { id: string; bytes: number; imports: readonly string[] };

/**
 * Makes a profile of the modules of a bundle, in bytes. Each module is placed below a module that imports it, on the shortest path from an
 * entry. So the bytes of a package count for the project's module that imports the package.
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

/** A module as rolldown and webpack list it, with the ids of the modules that import it. `bytes`: the size of the module's source. */
export type ImportedModule = { id: string; bytes: number; importers: readonly string[]; isEntry: boolean };

/** Like `profileOfModules`. If several modules have the same id, their bytes are added up. */
export function profileOfImported(format: string, listed: readonly ImportedModule[]): Profile {
  const modules = new Map<string, Module & { imports: string[] }>();
  for (const { id } of listed) modules.set(id, { id, bytes: 0, imports: [] });
  for (const { id, bytes, importers } of listed) {
    modules.set(id, { ...modules.get(id)!, bytes: modules.get(id)!.bytes + bytes });
    for (const importer of importers) modules.get(importer)?.imports.push(id);
  }
  const entries = listed.filter(({ isEntry }) => isEntry).map(({ id }) => id);
  return profileOfModules(format, [...modules.values()], entries);
}

/** Returns the frame of a module: its file, at line 1. Modules that the bundler generates (`\0commonjsHelpers`) count as runtime. */
function frameOf(id: string): Frame {
  const made = id.startsWith('\0') || id === '';
  const path = id.replace(/^file:\/\//, '').replace(/\?.*$/, '');
  const place = { function: made ? id.replaceAll('\0', '') || '(bundler)' : basename(path), column: null };
  return made ? { ...place, file: null, line: null, kind: 'runtime' } : { ...place, file: path, line: 1, kind: 'code' };
}
