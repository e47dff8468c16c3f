import type { Profile } from '../model.ts';
import { amountOf, type Fields, fieldsOf, jsonOf, listOf, stringOf, unreadable } from './input.ts';
import { type Module, profileOfModules } from './modules.ts';

/** A module as bundlers tell it: who imports it, by id. `bytes`: of its source. */
type Told = { id: string; bytes: number; importers: readonly string[]; isEntry: boolean };

function profileOfTold(format: string, told: readonly Told[]): Profile {
  const modules = new Map<string, Module & { imports: string[] }>();
  for (const { id } of told) modules.set(id, { id, bytes: 0, imports: [] });
  for (const { id, bytes, importers } of told) {
    modules.set(id, { ...modules.get(id)!, bytes: modules.get(id)!.bytes + bytes });
    for (const importer of importers) modules.get(importer)?.imports.push(id);
  }
  const entries = told.filter(({ isEntry }) => isEntry).map(({ id }) => id);
  return profileOfModules(format, [...modules.values()], entries);
}

/**
 * Reads what rolldown's `bundleAnalyzerPlugin` writes (`analyze-data.json`); vite takes it too.
 * Format: `rolldown/experimental`: `{chunks: [{type, entryModule}], modules: [{path, size, importers}]}`, modules by their index
 * @throws profile_unreadable
 */
export function readRolldown(bytes: Uint8Array, file: string): Profile {
  const { modules, chunks } = fieldsOf(jsonOf(bytes, file));
  const list = listOf(modules).map(fieldsOf);
  if (list.length === 0) throw unreadable(file, 'modules of rolldown', 'none');
  const ids = list.map(({ path }) => stringOf(path));
  const entries = listOf(chunks)
    .map(fieldsOf)
    .filter(({ type }) => type === 'static-entry');
  const told = list.map(({ size, importers }, i): Told => {
    const from = listOf(importers).flatMap((at) => ids[at as number] ?? []);
    return { id: ids[i]!, bytes: amountOf(size), importers: from, isEntry: entries.some((e) => e.entryModule === i) };
  });
  return profileOfTold('rolldown', told);
}

export const looksLikeRolldown = (start: string) => /^\s*\{\s*"meta"\s*:\s*\{\s*"bundler"\s*:\s*"rolldown"/.test(start);

/**
 * Reads the statistics of webpack and Rspack (`webpack --json=stats.json`). Modules that were joined to one are told apart again; those
 * in no chunk are left out.
 * Format: https://webpack.js.org/api/stats
 * @throws profile_unreadable
 */
export function readWebpack(bytes: Uint8Array, file: string): Profile {
  const all = fieldsOf(jsonOf(bytes, file));
  const top = [all, ...listOf(all.children).map(fieldsOf)].flatMap(({ modules }) => listOf(modules).map(fieldsOf));
  const found = top.filter(({ chunks }) => listOf(chunks).length > 0).flatMap((module) => partsOf(module, false));
  if (found.length === 0) throw unreadable(file, 'modules in chunks, as `webpack --json` writes them', 'none');
  const idOf = new Map(found.map(({ module }) => [stringOf(module.name), idOfModule(module)]));
  const told = found.map(({ module, isEntry }): Told => {
    const reasons = listOf(module.reasons).map(fieldsOf);
    const importers = reasons.map(({ resolvedModule, moduleName }) => idOf.get(stringOf(resolvedModule ?? moduleName)));
    return { id: idOfModule(module), bytes: amountOf(module.size), importers: importers.filter(isText), isEntry };
  });
  return profileOfTold('webpack', told);
}

/** Deeper than webpack ever joins modules. */
const deepest = 20;

/** The modules that were joined to this one, of which the first is the one that the others are joined to; or itself. */
function partsOf(module: Fields, isInEntry: boolean, depth = 0): { module: Fields; isEntry: boolean }[] {
  const isEntry = isInEntry || listOf(module.reasons).some((reason) => fieldsOf(reason).type === 'entry');
  const parts = depth < deepest ? listOf(module.modules).map(fieldsOf) : [];
  return parts.length === 0
    ? [{ module, isEntry }]
    : parts.flatMap((part, i) => partsOf(part, isEntry && i === 0, depth + 1));
}

/** The file of a module, without the loaders before it; what has none, webpack made up. */
function idOfModule({ nameForCondition, identifier, name }: Fields): string {
  const path = stringOf(nameForCondition) || stringOf(identifier).split('!').at(-1)!;
  return path.startsWith('/') ? path.replace(/\|\w+$/, '') : `\0${stringOf(name)}`;
}

const isText = (value: string | undefined): value is string => value !== undefined;

export const looksLikeWebpack = (start: string) =>
  /^\s*\{/.test(start) && /"assetsByChunkName"\s*:/.test(start) && /"hash"\s*:/.test(start);
