import type { Profile } from '../model.ts';
import { type Module, profileOfModules } from '../parsing/bundle.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/**
 * Reads esbuild's metafile (`--metafile=meta.json`): for each module its bytes in all outputs.
 * Format: https://esbuild.github.io/api/#metafile
 * @throws profile_unreadable
 */
export function readMetafile(bytes: Uint8Array, file: string): Profile {
  const { inputs, outputs } = fieldsOf(jsonOf(bytes, file));
  if (entriesOf(outputs).size === 0) throw unreadable(file, 'an esbuild metafile with outputs', 'none');
  /** Bytes by the module's id. The empty id holds bytes that belong to no module. */
  const sizes = new Map<string, number>();
  const entries: string[] = [];
  for (const [path, output] of entriesOf(outputs)) {
    if (path.endsWith('.map')) continue;
    const { inputs: parts, entryPoint, bytes: whole } = fieldsOf(output);
    if (typeof entryPoint === 'string') entries.push(entryPoint);
    let listed = 0;
    for (const [id, part] of entriesOf(parts)) {
      const size = amountOf(fieldsOf(part).bytesInOutput);
      listed += size;
      sizes.set(id, (sizes.get(id) ?? 0) + size);
    }
    sizes.set('', (sizes.get('') ?? 0) + Math.max(0, amountOf(whole) - listed));
  }
  const imports = new Map([...entriesOf(inputs)].map(([id, input]) => [id, importsOf(input)]));
  const modules = [...sizes].map(([id, size]): Module => ({ id, bytes: size, imports: imports.get(id) ?? [] }));
  return profileOfModules('metafile', modules, entries);
}

const importsOf = (input: unknown) => listOf(fieldsOf(input).imports).map((each) => stringOf(fieldsOf(each).path));
