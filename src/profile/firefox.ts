import { functionFrames } from './frames.ts';
import { fieldsOf, lineOf, listOf, stringOf, unreadable } from './input.ts';
import { eachItem, fieldsReader, type Json, jsonFrom, numbers, value, whole } from './json-cursor.ts';
import { type Frame, type Profile, type ProfileBuilder, profileBuilder } from './model.ts';

/** The columns of a table that are read. They are lists of numbers, NaN for null. */
const columns = {
  samples: ['stack', 'weight'],
  stackTable: ['prefix', 'frame'],
  frameTable: ['func', 'line'],
  funcTable: ['name', 'fileName', 'source', 'lineNumber', 'columnNumber', 'resource'],
  resourceTable: ['lib'],
} as const;
type Table = Record<string, Float64Array | null>;
type Tables = { -readonly [Name in keyof typeof columns]?: Table } & {
  weightType?: string;
  strings?: unknown[];
  sources?: unknown[];
};

/**
 * Reads the processed format of the Firefox Profiler, as samply and “Save profile” write it. A sample lasts until the next
 * one of its thread, or one interval.
 * Format: https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md
 * @throws profile_unreadable
 */
export function readFirefox(bytes: Uint8Array, file: string): Profile {
  const { threads, shared, libs, interval } = parse(bytes, file);
  if (threads.length === 0) throw unreadable(file, 'a processed profile with threads', 'none');
  const isCount = threads.every(({ weightType }) => (weightType ?? 'samples') === 'samples');
  const builder = profileBuilder('firefox', isCount ? 'ms' : 'samples');
  const each = isCount && typeof interval === 'number' ? interval : 1;
  threads.forEach((thread, i) => {
    // newer profiles share the tables between the threads
    addThread({ ...shared, ...thread }, { libs, interval: each, file, place: `threads[${i}]` }, builder);
  });
  return builder.done();
}

/** Markers, counters and whatever else a profile holds are not even read. */
function parse(bytes: Uint8Array, file: string) {
  const read = { threads: [] as Tables[], shared: {} as Tables, libs: [] as unknown[], interval: undefined as unknown };
  const readTables = tablesReader();
  const reader = fieldsReader({
    threads: (json) => eachItem(json, () => read.threads.push(readTables(json))),
    shared: (json) => {
      read.shared = readTables(json);
    },
    libs: (json) => {
      read.libs = listOf(value(json));
    },
    meta: (json) => {
      read.interval = fieldsOf(value(json)).interval;
    },
  });
  whole(jsonFrom(bytes, file), reader);
  return read;
}

function tablesReader(): (json: Json) => Tables {
  let tables: Tables = {};
  const readers: Record<string, (json: Json) => unknown> = {
    stringArray: (json) => {
      tables.strings = listOf(value(json));
    },
    stringTable: (json) => {
      tables.strings ??= listOf(fieldsOf(value(json)).array);
    },
    sources: (json) => {
      tables.sources = listOf(fieldsOf(value(json)).filename);
    },
  };
  for (const [name, wanted] of Object.entries(columns)) {
    let table: Table = {};
    const cells: Record<string, (json: Json) => unknown> = {};
    for (const column of wanted)
      cells[column] = (json) => {
        table[column] = numbers(json);
      };
    cells.weightType = (json) => {
      tables.weightType = stringOf(value(json)) || 'samples';
    };
    const readTable = fieldsReader(cells);
    readers[name] = (json) => {
      table = {};
      readTable(json);
      tables[name as keyof typeof columns] = table;
    };
  }
  const read = fieldsReader(readers);
  return (json) => {
    tables = {};
    read(json);
    return tables;
  };
}

type At = { libs: unknown[]; interval: number; file: string; place: string };

function addThread(tables: Tables, at: At, builder: ProfileBuilder): void {
  const { stack: stacks, weight: weights } = tables.samples ?? {};
  const { prefix: prefixes, frame: frames } = tables.stackTable ?? {};
  const frameOf = framesOf(tables, at);
  const nodes: number[] = [];
  frames?.forEach((frame, i) => {
    const prefix = prefixes?.[i] ?? Number.NaN;
    const isRoot = Number.isNaN(prefix);
    if (!isRoot && nodes[prefix] === undefined)
      throw unreadable(at.file, 'stacks with earlier prefixes', `${at.place}.stackTable.prefix[${i}] ${prefix}`);
    const { made, line } = frameOf(frame);
    nodes.push(builder.node(isRoot ? -1 : nodes[prefix]!, made, line));
  });
  stacks?.forEach((stack, i) => {
    if (Number.isNaN(stack)) return;
    const node = nodes[stack];
    if (node === undefined)
      throw unreadable(at.file, 'samples with stacks of the table', `${at.place}.samples.stack[${i}] ${stack}`);
    const weight = weights?.[i] ?? 1;
    const count = weight > 0 ? weight : 1;
    builder.add(node, count * at.interval, count);
  });
}

/** The frames of a thread by their index: names in the table of strings, files in that of functions or of libraries. */
function framesOf({ strings = [], sources = [], ...tables }: Tables, { libs, file, place }: At) {
  const { frameTable = {}, funcTable = {}, resourceTable = {} } = tables;
  const text = (index: number | undefined) => stringOf(strings[index ?? -1]);
  const cell = (column: Float64Array | null | undefined, index: number | undefined) => column?.[index ?? -1];
  const known = new Map<number, { made: Frame; line: number | null }>();
  const codeAt = functionFrames();
  const make = (index: number) => {
    const func = cell(frameTable.func, index);
    if (func === undefined || Number.isNaN(func))
      throw unreadable(file, 'frames with a function', `${place}.frameTable.func[${index}]`);
    const library = fieldsOf(libs[cell(resourceTable.lib, cell(funcTable.resource, func)) ?? -1]);
    const path =
      text(cell(funcTable.fileName, func)) ||
      text(sources[cell(funcTable.source, func) ?? -1] as number) ||
      stringOf(library.path) ||
      null;
    const [name, begins] = [text(cell(funcTable.name, func)), lineOf(cell(funcTable.lineNumber, func))];
    const line = lineOf(cell(frameTable.line, index));
    const column = lineOf(cell(funcTable.columnNumber, func));
    const made: Frame =
      begins === null ? codeAt(name, path, line) : { function: name, file: path, line: begins, column, kind: 'code' };
    return { made, line };
  };
  return (index: number) => {
    const frame = known.get(index) ?? make(index);
    known.set(index, frame);
    return frame;
  };
}

export const looksLikeFirefox = (start: string) =>
  /^\s*\{\s*"meta"\s*:\s*\{/.test(start) || /"preprocessedProfileVersion"/.test(start);
