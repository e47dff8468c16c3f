import type { Profile } from '../model.ts';
import { type ImportedModule, profileOfImported } from '../parsing/bundle.ts';
import { amountOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import { jsonKeys } from '../parsing/json-shape.ts';

/**
 * Reads the output of rolldown's `bundleAnalyzerPlugin` (`analyze-data.json`). Vite accepts the same plugin.
 * Format: `rolldown/experimental`: `{chunks: [{type, entryModule}], modules: [{path, size, importers}]}`; `entryModule` and `importers` are
 * indexes into `modules`
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
  const listed = list.map(({ size, importers }, i): ImportedModule => {
    const from = listOf(importers).flatMap((at) => ids[at as number] ?? []);
    return { id: ids[i]!, bytes: amountOf(size), importers: from, isEntry: entries.some((e) => e.entryModule === i) };
  });
  return profileOfImported('rolldown', listed);
}

export const looksLikeRolldown = (start: string) =>
  jsonKeys(start).includes('meta') && /"meta"\s*:\s*\{\s*"bundler"\s*:\s*"rolldown"/.test(start);
