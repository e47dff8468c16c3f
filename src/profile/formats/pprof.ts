import { type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { functionFrames } from '../parsing/frames.ts';
import { unreadable } from '../parsing/input.ts';
import { chosenValue, samplesOf, unitOf, units } from '../parsing/pprof-values.ts';
import { eachField, exactVarint, signedVarint, textUpTo, varint, type Wire } from '../parsing/protobuf.ts';
import { onlyRead, valueAt } from '../parsing/values.ts';

/** A number in the file: an id, an index into `strings`, or a line (from 1; 0 for none). */
type Id = number | bigint;
type Line = { function: Id; line: Id };
/** Everything in a profile except its samples. */
type Tables = {
  types: { type: Id; unit: Id }[];
  defaultType: number;
  periodType: { type: Id; unit: Id };
  period: Id;
  strings: string[];
  functions: Map<Id, { name: Id; file: Id; line: Id }>;
  /** The file of each mapping. The key is the mapping's id, the value is an index into `strings`. */
  mappings: Map<Id, number>;
  locations: Map<Id, { mapping: Id; address: Id; lines: Line[] }>;
};

/**
 * Reads the protobuf of pprof, which Go, Node (datadog, google), Rust (pprof-rs) and perf_to_profile write. If each sample has several
 * values, `value` names the one to read. By default, `pprof-values.ts` chooses one. The samples make up nearly all of a large profile, so
 * they are read one by one. Samples refer to tables, which are read first. Format:
 * https://github.com/google/pprof/blob/main/proto/profile.proto
 * @throws profile_unreadable, profile_value
 */
export function readPprof(bytes: Uint8Array, file: string, value?: string): Profile {
  const tables = tablesOf(bytes, file);
  const text = (index: Id) => tables.strings[Number(index)] ?? '';
  const types = tables.types.map(({ type, unit }) => ({ type: text(type), unit: text(unit) }));
  const byDefault = () => chosenValue(types, text(tables.defaultType), () => sumsOf(bytes, file, types.length));
  const names = types.map(({ type }) => type);
  const chosen = valueAt(names, value, file, byDefault);
  const countOf = samplesOf(types, chosen, { unit: text(tables.periodType.unit), every: Number(tables.period) });
  const [into, scale] = unitOf(types[chosen]);

  const builder = profileBuilder('pprof', into);
  const places = placesOf(tables, builder);
  let samples = 0;
  eachSample(bytes, file, (stack, values) => {
    let node = -1;
    // the format lists callees first
    for (let at = stack.length - 1; at >= 0; at--) {
      const here = places.get(stack[at]!);
      if (!here) throw unreadable(file, 'samples at known locations', `sample ${samples} at location ${stack[at]}`);
      for (const place of here) node = builder.below(node, place);
    }
    const count = Math.max(0, countOf?.(values) ?? 0);
    const weight = (values[chosen] ?? 0) * scale;
    if (node === -1) builder.unnamed('(no stack)', weight, count);
    else builder.add(node, weight, count);
    samples++;
  });
  if (types.length === 0 || samples === 0) throw unreadable(file, 'a pprof profile with samples', 'none');
  const others = types.filter(({ unit }, i) => i !== chosen && Object.hasOwn(units, unit)).map(({ type }) => type);
  if (others.length > 0) builder.note(onlyRead(types[chosen]!.type, others));
  const profile = builder.done();
  return countOf ? { ...profile, samples: Math.round(profile.samples ?? 0) } : { ...profile, samples: null };
}

/**
 * The frames of each location, callers first, as numbers that `builder.place` returned. The key is the location's id. The format itself
 * lists inlined functions innermost first.
 */
function placesOf({ strings, functions, mappings, locations }: Tables, builder: ProfileBuilder): Map<Id, number[]> {
  const text = (index: Id | undefined) => strings[Number(index ?? 0)] ?? '';
  const lineOf = (line: Id | undefined) => Number(line ?? 0) || null;
  const codeAt = functionFrames();
  const places = new Map<Id, number[]>();
  for (const [id, { mapping, address, lines }] of locations) {
    const known = lines.map((at) => {
      const called = functions.get(at.function);
      const line = lineOf(at.line);
      return builder.place(codeAt(text(called?.name), text(called?.file) || null, lineOf(called?.line) ?? line), line);
    });
    const binary = text(mappings.get(mapping)) || null;
    const unknown = () => builder.place(codeAt(`0x${address.toString(16)}`, binary, null));
    places.set(id, known.length > 0 ? known.reverse() : [unknown()]);
  }
  return places;
}

/**
 * Calls `act` with each stack, callees first, and its values in the order of their types. The array of the stack and the array of the
 * values are reused for the next sample.
 */
function eachSample(
  bytes: Uint8Array,
  file: string,
  act: (stack: readonly Id[], values: readonly number[]) => void,
): void {
  const wire: Wire = { bytes, file, at: 0 };
  const stack: Id[] = [];
  const values: number[] = [];
  const readSample = (field: number, end: number) => {
    while (field === 1 && wire.at < end) stack.push(exactVarint(wire));
    while (field === 2 && wire.at < end) values.push(signedVarint(wire));
  };
  eachField(wire, bytes.length, (field, end) => {
    if (field !== 2) return;
    stack.length = 0;
    values.length = 0;
    eachField(wire, end, readSample);
    act(stack, values);
  });
}

function tablesOf(bytes: Uint8Array, file: string): Tables {
  const wire: Wire = { bytes, file, at: 0 };
  const tables: Tables = {
    types: [],
    defaultType: 0,
    periodType: { type: 0, unit: 0 },
    period: 0,
    strings: [],
    functions: new Map(),
    mappings: new Map(),
    locations: new Map(),
  };
  const readers: Record<number, (end: number) => void> = {
    1: (end) => tables.types.push(numbered(wire, end, { 1: 'type', 2: 'unit' })),
    3: (end) => {
      const { id, file } = numbered(wire, end, { 1: 'id', 5: 'file' });
      tables.mappings.set(id, Number(file));
    },
    4: (end) => {
      const lines: Line[] = [];
      const start = { ...wire };
      eachField(wire, end, (field, lineEnd) => {
        if (field === 4) lines.push(numbered(wire, lineEnd, { 1: 'function', 2: 'line' }));
      });
      const { id, mapping, address } = numbered(start, end, { 1: 'id', 2: 'mapping', 3: 'address' });
      tables.locations.set(id, { mapping, address, lines });
    },
    5: (end) => {
      const { id, ...rest } = numbered(wire, end, { 1: 'id', 2: 'name', 4: 'file', 5: 'line' });
      tables.functions.set(id, rest);
    },
    6: (end) => tables.strings.push(textUpTo(wire, end)),
    11: (end) => {
      tables.periodType = numbered(wire, end, { 1: 'type', 2: 'unit' });
    },
    12: () => {
      tables.period = exactVarint(wire);
    },
    14: () => {
      tables.defaultType = varint(wire);
    },
  };
  eachField(wire, bytes.length, (field, end) => readers[field]?.(end));
  return tables;
}

/** Reads the fields of a message that `names` lists, all of which are numbers. A field that the message lacks is 0. */
function numbered<Name extends string>(wire: Wire, end: number, names: Record<number, Name>): Record<Name, Id> {
  const read = Object.fromEntries(Object.values(names).map((name) => [name, 0])) as Record<Name, Id>;
  eachField(wire, end, (field) => {
    const name = names[field];
    if (name !== undefined) read[name] = exactVarint(wire);
  });
  return read;
}

/** For each type of value, the sum over all samples. */
function sumsOf(bytes: Uint8Array, file: string, many: number): number[] {
  const sums = new Array<number>(many).fill(0);
  eachSample(bytes, file, (_, values) => {
    for (let i = 0; i < many; i++) sums[i]! += values[i] ?? 0;
  });
  return sums;
}
