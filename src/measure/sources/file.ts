import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readUserText } from '../../core/user-file.ts';
import { everyFormatted, type FormatName, formats, formatted } from '../formats/formats.ts';
import { numberAt, numberByPattern } from './numbers.ts';
import { type Absence, file, isAbsence, key, mapping, pattern, type Traces } from './source.ts';

export const jsonFile = mapping({
  about: 'A number in a JSON file.',
  fields: { file, key },
  unit: '',
  read: (source, traces) => inFile(source.file, traces, (text) => numberAt(text, source.key, source.file)),
});

export const textFile = mapping({
  about: 'A number in a text file.',
  fields: { file, pattern },
  unit: '',
  read: (source, traces) => inFile(source.file, traces, (text) => numberByPattern(text, source.pattern, source.file)),
});

export const toolResult = mapping({
  about: 'The result file of a benchmark tool.',
  fields: {
    format: {
      oneOf: Object.keys(formats) as FormatName[],
      about: 'The tool that wrote the file.',
      example: 'hyperfine',
    },
    file,
    key: {
      ...key,
      about: 'The benchmark or statistic, if the file holds several. `*` makes a suite of all benchmarks in the file.',
      optional: true,
    },
  },
  unit: '',
  read: (source, traces, unit) => inFile(source.file, traces, (text) => formatted(text, source, unit)),
});

function inFile(path: string, traces: Traces, read: (text: string) => number | Absence): number | Absence {
  const text = freshText(path, traces);
  return isAbsence(text) ? text : read(text);
}

/**
 * The text of a file that this execution wrote. If the execution did not change the file, the file counts as missing, because its number
 * comes from an earlier execution.
 */
export function freshText(path: string, traces: Traces): string | Absence {
  const absolute = resolve(traces.cwd, path);
  const now = stamp(absolute);
  const expected = `the file ${path}, written by the command`;
  if (now === undefined) return { expected, found: 'no such file' };
  if (now === traces.before.get(path)) return { expected, found: 'an older file, which the command did not write' };
  try {
    return readUserText(absolute);
  } catch (error) {
    return { expected, found: (error as Error).message };
  }
}

/** The stamps (see `stamp`) of the files that these sources read, by path. They must be read immediately before an execution. */
export function stampsOf(sources: readonly unknown[], cwd: string): Map<string, string | undefined> {
  const files = sources.flatMap((source) => (hasFile(source) ? [source.file] : []));
  return new Map(files.map((path) => [path, stamp(resolve(cwd, path))]));
}

function hasFile(source: unknown): source is { file: string } {
  return typeof source === 'object' && source !== null && 'file' in source;
}

/**
 * The stamp of a file: a text that changes with every write to the file. It contains the change time, which is new even if a copy with old
 * times replaces the file.
 */
function stamp(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

/** The key that selects all benchmarks of a file, as written in a contract. */
const EVERY = '*';

/**
 * The numbers of all benchmarks in a tool's result, with the names of the benchmarks. Undefined if the source does not select all
 * benchmarks.
 */
export function everyResult(
  source: unknown,
  traces: Traces,
  unit: string,
): [name: string, value: number][] | Absence | undefined {
  if (!isEvery(source)) return undefined;
  const text = freshText(source.file, traces);
  return isAbsence(text) ? text : everyFormatted(text, source, unit);
}

/** Whether a source selects all benchmarks of a tool's result. */
export const isEvery = (source: unknown): source is { format: FormatName; file: string; key: typeof EVERY } =>
  hasFile(source) && 'format' in source && 'key' in source && source.key === EVERY;
