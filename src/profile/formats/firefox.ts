import { type Frame, type Profile, type ProfileBuilder, profileBuilder, type Unit } from '../model.ts';
import { functionFrames } from '../parsing/frames.ts';
import { amountOf, fieldsOf, lineOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import { eachItem, fieldsReader, type Json, jsonFrom, numbers, skip, value, whole } from '../parsing/json-cursor.ts';
import { jsonKeys } from '../parsing/json-shape.ts';
import { onlyRead, valueAt } from '../parsing/values.ts';
import { idleCategory, readGecko } from './gecko.ts';

/** The columns that are read from each table: lists of numbers, NaN for null. */
const columns = {
  samples: ['stack', 'weight'],
  stackTable: ['prefix', 'frame', 'category'],
  frameTable: ['func', 'line', 'category'],
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
 * The unit of each type of weight. A weight of the type `samples` is a number of samples, each of one sampling interval. All other weights
 * are amounts.
 */
const units: Record<string, Unit> = { samples: 'ms', 'tracing-ms': 'ms', bytes: 'bytes' };

/**
 * Reads the processed format of the Firefox Profiler, as samply and “Save profile” write it. Each sample stands for one sampling interval.
 * In samples of the category Idle, the thread waited. Reads only threads whose weights have the type `asked`. By default, this is the type
 * of the first thread. Other threads are left out, with a note. Format:
 * https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md
 * @throws profile_unreadable, profile_value
 */
export function readFirefox(bytes: Uint8Array, file: string, asked?: string): Profile {
  const { threads, shared, libs, interval, waits } = parse(bytes, file);
  const raw = () => {
    valueAt(['samples'], asked, file);
    return readGecko(bytes, file);
  };
  if (isRecording.test(new TextDecoder().decode(bytes.subarray(0, 200)))) return raw();
  if (threads.length === 0) throw unreadable(file, 'a processed profile with threads', 'none');
  // the raw format has the same keys at its top level, but its tables are rows instead of columns
  if (threads.every(({ samples }) => !samples?.stack)) {
    if (threads.some(({ samples }) => samples?.schema)) return raw();
    throw unreadable(file, 'threads with samples and their stacks', 'none');
  }
  const typeOf = ({ weightType = 'samples' }: Tables) => weightType;
  const types = threads.map(typeOf);
  const type = types[valueAt(types, asked, file)]!;
  const builder = profileBuilder('firefox', Object.hasOwn(units, type) ? units[type]! : 'samples');
  const each = type === 'samples' ? amountOf(interval) || 1 : null;
  threads.forEach((thread, i) => {
    // in newer profiles all threads share the tables
    const at = { libs, interval: each, waits, file, place: `threads[${i}]` };
    if (typeOf(thread) === type) addThread({ ...shared, ...thread }, at, builder);
  });
  const others = new Set(types.filter((other) => other !== type));
  if (others.size > 0) builder.note(onlyRead(type, [...others]));
  return builder.done();
}

/**
 * Reads the threads with their tables, the libraries, the sampling interval and the category Idle. Skips all other fields, such as
 * counters.
 */
function parse(bytes: Uint8Array, file: string) {
  const read = {
    threads: [] as Tables[],
    shared: {} as Tables,
    libs: [] as unknown[],
    interval: undefined as unknown,
    waits: undefined as number | undefined,
  };
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
      const meta = fieldsOf(value(json));
      read.interval = meta.interval;
      read.waits = idleCategory(meta);
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
    cells.schema = (json) => {
      table.schema = new Float64Array();
      skip(json);
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

/**
 * `interval`: the time of a sample in ms. Null if the weights are amounts. `waits`: the category of the samples in which the thread waited.
 */
type At = { libs: unknown[]; interval: number | null; waits: number | undefined; file: string; place: string };

function addThread(tables: Tables, at: At, builder: ProfileBuilder): void {
  const { stack: stacks, weight: weights } = tables.samples ?? {};
  const { prefix: prefixes, frame: frames, category: categories } = tables.stackTable ?? {};
  const frameOf = framesOf(tables, at);
  const nodes: number[] = [];
  const idle: boolean[] = [];
  frames?.forEach((frame, i) => {
    const prefix = prefixes?.[i] ?? Number.NaN;
    const isRoot = Number.isNaN(prefix);
    if (!isRoot && nodes[prefix] === undefined)
      throw unreadable(at.file, 'stacks with earlier prefixes', `${at.place}.stackTable.prefix[${i}] ${prefix}`);
    const { made, line } = frameOf(frame);
    nodes.push(builder.node(isRoot ? -1 : nodes[prefix]!, made, line));
    const category = categories?.[i] ?? tables.frameTable?.category?.[frame] ?? Number.NaN;
    // a frame without a category has its caller's category
    idle.push(Number.isNaN(category) ? !isRoot && idle[prefix]! : category === at.waits);
  });
  stacks?.forEach((stack, i) => {
    if (Number.isNaN(stack)) return;
    const node = nodes[stack];
    if (node === undefined)
      throw unreadable(
        at.file,
        'samples whose stacks are in the stack table',
        `${at.place}.samples.stack[${i}] ${stack}`,
      );
    const weight = weights?.[i] ?? 1;
    if (weight === 0 || Number.isNaN(weight)) return;
    if (at.interval !== null && idle[stack]) builder.idle(weight * at.interval);
    else if (at.interval === null) builder.add(node, weight, 1);
    else builder.add(node, weight * at.interval, weight);
  });
}

/**
 * Returns a lookup of a thread's frames by their index. Names are in the table of strings, files in the tables of functions or libraries.
 */
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
  isProcessed(jsonKeys(start)) || /"preprocessedProfileVersion"/.test(start) || isRecording.test(start);

/** A profile has `meta` and `threads`. If the text is cut off, `threads` may be missing. */
const isProcessed = (keys: readonly string[]) =>
  keys.includes('meta') && (keys[0] === 'meta' || keys.includes('threads'));

/** A recording from the panel of old versions of Firefox. */
const isRecording = /^\s*\{\s*"label"\s*:\s*"[^"]*"\s*,\s*"duration"\s*:\s*[\d.]+\s*,\s*"markers"\s*:/;
