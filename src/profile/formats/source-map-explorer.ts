import { posix } from 'node:path';
import type { Profile } from '../model.ts';
import { type Module, profileOfModules } from '../parsing/bundle.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/**
 * Reads `source-map-explorer --json`: `{results: [{bundleName, files: {path: {size}}}]}`. The format does not show which module imports
 * which. Format: https://github.com/danvk/source-map-explorer#json
 * @throws profile_unreadable
 */
export function readSourceMapExplorer(bytes: Uint8Array, file: string): Profile {
  const results = listOf(fieldsOf(jsonOf(bytes, file)).results);
  const sizes = new Map<string, number>();
  for (const { bundleName, files } of results.map(fieldsOf))
    for (const [path, entry] of entriesOf(files)) {
      // the sources of a map are relative to the map, which is in the bundle's folder
      const source = /^\.\.?\//.test(path) ? posix.join(posix.dirname(stringOf(bundleName)), path) : path;
      // names in brackets, such as `[EOLs]` and `[unmapped]`, are no modules
      const id = path.startsWith('[') ? `\0${path}` : source;
      // older versions of the tool write only the size
      const size = amountOf(typeof entry === 'number' ? entry : fieldsOf(entry).size);
      sizes.set(id, (sizes.get(id) ?? 0) + size);
    }
  if (sizes.size === 0) throw unreadable(file, 'results with the sizes of files', 'none');
  const modules = [...sizes].map(([id, size]): Module => ({ id, bytes: size, imports: [] }));
  return profileOfModules('source-map-explorer', modules, []);
}
