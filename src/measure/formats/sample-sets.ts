import { failure, type GateError, isFailure } from '../../core/errors.ts';
import { cut, listed } from '../../core/text.ts';
import { readUserFile } from '../../core/user-file.ts';
import { candidates, type Labelled, labelled } from './choose.ts';
import { contentOf } from './content.ts';
import { csv } from './csv.ts';
import { formats } from './formats.ts';
import { looksLike } from './looks-like.ts';
import { numbers, samplesJson } from './plain.ts';
import type { Content, Format } from './row.ts';

/** The samples of one benchmark, in the order in which they were measured. `unit` is '' if the file contains no unit. */
export type SampleSet = { name: string; unit: string; values: number[] };

/**
 * One benchmark of a file: the samples of the main statistic, or the reason why there are no samples. `name` is unique in the file.
 * perf-gate finds the same benchmark in another file by `called` and `among`.
 */
export type Benchmark = {
  name: string;
  called: string;
  among: readonly string[];
  set: SampleSet | { problem: GateError };
};

/** Formats that need no benchmark tool. */
export const handWritten: readonly Format[] = [samplesJson, csv, numbers];

/** All formats of results. Strict formats come before formats that match many files, and the first format that matches reads the file. */
const forms: readonly Format[] = [...Object.values(formats), ...handWritten];

type Read = { file: string; format: Format; rows: Labelled[] };

/**
 * Reads the samples of one benchmark from a file, in any format that holds samples. If the file holds several benchmarks, `key` selects
 * one, as `candidates` describes.
 * @throws `samples_missing`: the file cannot be read; `samples_unreadable`: the file holds no samples, or the benchmark failed;
 * `samples_which`: `key` does not name exactly one benchmark.
 */
export function samplesIn(file: string, key?: string): SampleSet {
  const read = readResults(file);
  const unnamed = read.rows.every((row) => row.name === '');
  const found = candidates((!unnamed && key) || '', read.rows);
  if (found.length !== 1) {
    const known = [...new Set(read.rows.map((row) => row.label))];
    throw failure('samples_which', { file, key, known, fitting: found.map((f) => f.label) });
  }
  return setOf(read, found[0]!.label, found[0]!.stat);
}

/** The samples of every benchmark of a file. @throws samples_missing, samples_unreadable */
export function benchmarksIn(file: string): Benchmark[] {
  const read = readResults(file);
  const first = new Map<string, Labelled>();
  for (const row of read.rows) if (!first.has(row.label)) first.set(row.label, row);
  return [...first.values()].map(({ label, name, among = [] }) => ({
    name: label,
    called: name,
    among,
    set: orProblem(() => setOf(read, label)),
  }));
}

function orProblem<T>(read: () => T): T | { problem: GateError } {
  try {
    return read();
  } catch (error) {
    if (isFailure(error)) return { problem: error };
    throw error;
  }
}

function readResults(file: string): Read {
  const content = contentOf(textOf(file));
  const format = forms.find((form) => fits(form, content));
  if (format) {
    const rows = format.read(content);
    if (rows.length > 0) return { file, format, rows: labelled(rows) };
  }
  const { what, todo, expected = 'results of a benchmark tool, or numbers' } = looksLike(content);
  throw failure('samples_unreadable', { file, expected, found: what, todo });
}

function fits(form: Format, content: Content): boolean {
  try {
    return form.fits(content);
  } catch {
    return false;
  }
}

/** The samples of all repetitions of a benchmark. @throws samples_unreadable */
function setOf({ file, format, rows }: Read, label: string, stat?: string): SampleSet {
  const own = rows.filter((row) => row.label === label);
  const main = stat ?? own[0]!.main;
  const name = stat === undefined ? label : `${label}.${stat}`;
  const failed = own.find((row) => row.failed !== undefined && !row.stats[main])?.failed;
  if (failed !== undefined)
    throw failure('samples_unreadable', {
      file,
      expected: 'executions that ended well',
      found: `${failed}${name ? ` of “${cut(name, 80)}”` : ''}`,
      todo: 'A failed execution has no time. Fix the failure, and measure again.',
    });
  const read = own.flatMap((row) => row.stats[main] ?? []);
  const values = read.flatMap(({ samples = [] }) => samples);
  const expected = name ? `samples of “${cut(name, 80)}”` : 'numbers';
  if (values.length === 0) {
    const known = listed(Object.keys(own[0]!.stats));
    const found = read.some(({ samples }) => samples) || known === '' ? 'none' : `only statistics (${known})`;
    throw failure('samples_unreadable', { file, expected, found, todo: format.samples });
  }
  const odd = values.findIndex((value) => typeof value !== 'number');
  if (odd >= 0) {
    const found = `${cut(JSON.stringify(values[odd]) ?? 'nothing', 80)} as number ${odd + 1}`;
    throw failure('samples_unreadable', { file, expected: 'numbers', found });
  }
  return { name, unit: read[0]!.unit, values: values as number[] };
}

/** The text of a file in UTF-8, or in UTF-16, which shells of Windows write. */
function textOf(file: string): string {
  try {
    const bytes = readUserFile(file);
    return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw failure('samples_missing', { file, reason: code === 'ENOENT' ? 'there is no such file' : message });
  }
}
