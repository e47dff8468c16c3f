import { posix } from 'node:path';
import type { Profile } from '../model.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from './input.ts';
import { type Module, profileOfModules } from './modules.ts';

/**
 * Reads esbuild's metafile (`--metafile=meta.json`): for each module the bytes that are left of it in all outputs.
 * Format: https://esbuild.github.io/api/#metafile
 * @throws profile_unreadable
 */
export function readMetafile(bytes: Uint8Array, file: string): Profile {
  const { inputs, outputs } = fieldsOf(jsonOf(bytes, file));
  if (entriesOf(outputs).size === 0) throw unreadable(file, 'an esbuild metafile with outputs', 'none');
  const left = new Map<string, number>();
  const entries: string[] = [];
  for (const [path, output] of entriesOf(outputs)) {
    if (path.endsWith('.map')) continue;
    const { inputs: parts, entryPoint, bytes: whole } = fieldsOf(output);
    if (typeof entryPoint === 'string') entries.push(entryPoint);
    let told = 0;
    for (const [id, part] of entriesOf(parts)) {
      const size = amountOf(fieldsOf(part).bytesInOutput);
      told += size;
      left.set(id, (left.get(id) ?? 0) + size);
    }
    left.set('', (left.get('') ?? 0) + Math.max(0, amountOf(whole) - told));
  }
  const imports = new Map([...entriesOf(inputs)].map(([id, input]) => [id, importsOf(input)]));
  const modules = [...left].map(([id, size]): Module => ({ id, bytes: size, imports: imports.get(id) ?? [] }));
  return profileOfModules('metafile', modules, entries);
}

const importsOf = (input: unknown) => listOf(fieldsOf(input).imports).map((each) => stringOf(fieldsOf(each).path));

/**
 * Reads the raw data of rollup-plugin-visualizer (`template: 'raw-data'`), which vite-bundle-visualizer writes as well.
 * Format: https://github.com/btd/rollup-plugin-visualizer, `shared/types.ts`
 * @throws profile_unreadable
 */
export function readVisualizer(bytes: Uint8Array, file: string): Profile {
  const { nodeParts, nodeMetas } = fieldsOf(jsonOf(bytes, file));
  const sizes = new Map<string, number>();
  for (const part of entriesOf(nodeParts).values()) {
    const { metaUid, renderedLength } = fieldsOf(part);
    sizes.set(stringOf(metaUid), (sizes.get(stringOf(metaUid)) ?? 0) + amountOf(renderedLength));
  }
  const metas = entriesOf(nodeMetas);
  if (metas.size === 0) throw unreadable(file, 'raw data with nodeMetas and nodeParts', 'no nodeMetas');
  // the project's root is cut off, and leaves its slash
  const idOf = (meta: unknown) => stringOf(fieldsOf(meta).id).replace(/^\//, '');
  const modules = [...metas].map(([uid, meta]): Module => {
    const imported = listOf(fieldsOf(meta).imported).map((each) => idOf(metas.get(stringOf(fieldsOf(each).uid))));
    return { id: idOf(meta), bytes: sizes.get(uid) ?? 0, imports: imported };
  });
  const entries = [...metas.values()].filter((meta) => fieldsOf(meta).isEntry === true);
  return profileOfModules('visualizer', modules, entries.map(idOf));
}

/**
 * Reads `source-map-explorer --json`: `{results: [{bundleName, files: {path: {size}}}]}`. It knows no imports.
 * Format: https://github.com/danvk/source-map-explorer#json
 * @throws profile_unreadable
 */
export function readSourceMapExplorer(bytes: Uint8Array, file: string): Profile {
  const results = listOf(fieldsOf(jsonOf(bytes, file)).results);
  const sizes = new Map<string, number>();
  for (const { bundleName, files } of results.map(fieldsOf))
    for (const [path, entry] of entriesOf(files)) {
      // `[EOLs]`, `[unmapped]` and the like are no modules; a map's sources are relative to it, which lies beside the bundle
      const source = /^\.\.?\//.test(path) ? posix.join(posix.dirname(stringOf(bundleName)), path) : path;
      const id = path.startsWith('[') ? `\0${path}` : source;
      // older versions write the size alone
      const size = amountOf(typeof entry === 'number' ? entry : fieldsOf(entry).size);
      sizes.set(id, (sizes.get(id) ?? 0) + size);
    }
  if (sizes.size === 0) throw unreadable(file, 'results with the sizes of files', 'none');
  const modules = [...sizes].map(([id, size]): Module => ({ id, bytes: size, imports: [] }));
  return profileOfModules('source-map-explorer', modules, []);
}
