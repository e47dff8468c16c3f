import { type Fields, fieldsOf, jsonOf, lineOf, listOf, stringOf, unreadable } from './input.ts';
import { type Frame, type Profile, type ProfileBuilder, profileBuilder } from './model.ts';

/**
 * Reads the processed format of the Firefox Profiler, as samply and “Save profile” write it. A sample lasts until the next
 * one of its thread, or one interval.
 * Format: https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md
 * @throws profile_unreadable
 */
export function readFirefox(bytes: Uint8Array, file: string): Profile {
  const profile = fieldsOf(jsonOf(bytes, file));
  const threads = listOf(profile.threads).map(fieldsOf);
  if (threads.length === 0) throw unreadable(file, 'a processed profile with threads', 'none');
  const interval = fieldsOf(profile.meta).interval;
  const isCount = threads.every((thread) => (fieldsOf(thread.samples).weightType ?? 'samples') === 'samples');
  const builder = profileBuilder('firefox', isCount ? 'ms' : 'samples');
  threads.forEach((thread, i) => {
    // newer profiles share the tables between the threads
    const tables = { ...fieldsOf(profile.shared), ...thread };
    addThread(
      tables,
      {
        libs: listOf(profile.libs),
        interval: isCount && typeof interval === 'number' ? interval : 1,
        file,
        place: `threads[${i}]`,
      },
      builder,
    );
  });
  return builder.done();
}

type At = { libs: unknown[]; interval: number; file: string; place: string };

function addThread(tables: Fields, at: At, builder: ProfileBuilder): void {
  const samples = fieldsOf(tables.samples);
  const stacks = listOf(samples.stack);
  const weights = listOf(samples.weight);
  const stackTable = fieldsOf(tables.stackTable);
  const [prefixes, frames] = [listOf(stackTable.prefix), listOf(stackTable.frame)];
  const frameOf = framesOf(tables, at);
  const nodes: number[] = [];
  frames.forEach((frame, i) => {
    const prefix = prefixes[i] ?? null;
    if (prefix !== null && !(Number.isInteger(prefix) && (prefix as number) >= 0 && (prefix as number) < i))
      throw unreadable(
        at.file,
        'stacks with earlier prefixes',
        `${at.place}.stackTable.prefix[${i}] ${String(prefix)}`,
      );
    nodes.push(builder.node(prefix === null ? -1 : nodes[prefix as number]!, frameOf(frame)));
  });
  stacks.forEach((stack, i) => {
    if (stack === null) return;
    const node = nodes[stack as number];
    if (node === undefined)
      throw unreadable(at.file, 'samples with stacks of the table', `${at.place}.samples.stack[${i}] ${String(stack)}`);
    const weight = weights[i];
    const count = typeof weight === 'number' && weight > 0 ? weight : 1;
    builder.add(node, count * at.interval, count);
  });
}

/** The frames of a thread by their index: names in the table of strings, files in that of functions or of libraries. */
function framesOf(tables: Fields, { libs, file, place }: At): (index: unknown) => Frame {
  const strings = listOf(tables.stringArray ?? fieldsOf(tables.stringTable).array);
  const [frameTable, funcTable] = [fieldsOf(tables.frameTable), fieldsOf(tables.funcTable)];
  const resources = fieldsOf(tables.resourceTable);
  const column = (table: Fields, name: string) => listOf(table[name]);
  const text = (index: unknown) => stringOf(strings[index as number]);
  const columns = {
    func: column(frameTable, 'func'),
    line: column(frameTable, 'line'),
    name: column(funcTable, 'name'),
    fileName: column(funcTable, 'fileName'),
    source: column(funcTable, 'source'),
    lineNumber: column(funcTable, 'lineNumber'),
    columnNumber: column(funcTable, 'columnNumber'),
    resource: column(funcTable, 'resource'),
    lib: column(resources, 'lib'),
  };
  const sources = column(fieldsOf(tables.sources), 'filename');
  const known: (Frame | undefined)[] = [];
  const make = (index: number): Frame => {
    const func = columns.func[index] as number;
    if (typeof func !== 'number')
      throw unreadable(file, 'frames with a function', `${place}.frameTable.func[${index}]`);
    const library = fieldsOf(libs[columns.lib[columns.resource[func] as number] as number]);
    const path =
      text(columns.fileName[func]) || text(sources[columns.source[func] as number]) || stringOf(library.path) || null;
    const frame = { function: text(columns.name[func]), file: path, kind: 'code' as const };
    const line = lineOf(columns.lineNumber[func]) ?? lineOf(columns.line[index]);
    return { ...frame, line, column: lineOf(columns.columnNumber[func]) };
  };
  return (index) => (known[index as number] ??= make(index as number));
}

export const looksLikeFirefox = (start: string) =>
  /^\s*\{\s*"meta"\s*:\s*\{/.test(start) || /"preprocessedProfileVersion"/.test(start);
