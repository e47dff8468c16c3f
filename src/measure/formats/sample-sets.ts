import { readFileSync } from 'node:fs';
import { failure } from '../../core/errors.ts';
import { oneLine, quoted } from '../../core/text.ts';
import { goBench } from './go-bench.ts';

/** Samples of one benchmark, in the order in which they were taken; `unit` is '' where the file does not say it. */
export type SampleSet = { name: string; unit: string; values: number[] };

/** A set as it was read, its values not checked yet. */
type RawSet = {
  name: string;
  unit: string;
  values: readonly unknown[];
  /** False for additional measurements of a benchmark: they are read only when asked for by name. */
  main?: boolean;
};

/** Content of another form: what was expected, and what was found instead. */
type Misfit = { expected: string; found: string };

/**
 * The samples of a file: JSON (an array of numbers, `{ samples }`, an export of hyperfine or of perf-gate) or the text of
 * `go test -bench`. `key` chooses a benchmark where there are several: its whole name, or the end of it after
 * `Benchmark`, `/` or a blank.
 * @throws `samples_missing`: the file cannot be read; `samples_unreadable`: it holds something else; `samples_which`: `key` does not name
 * exactly one benchmark.
 */
export function samplesIn(file: string, key?: string): SampleSet {
  const sets = setsIn(file);
  if ('expected' in sets) throw failure('samples_unreadable', { file, ...sets });
  const { name, unit, values } = choose(file, sets, key);
  const odd = values.findIndex((v) => typeof v !== 'number');
  const expected = `numbers${name ? ` of “${name}”` : ''}`;
  if (values.length === 0) throw failure('samples_unreadable', { file, expected, found: 'none' });
  if (odd >= 0)
    throw failure('samples_unreadable', {
      file,
      expected,
      found: `${JSON.stringify(values[odd])} as number ${odd + 1}`,
    });
  return { name, unit, values: values as number[] };
}

function setsIn(file: string): RawSet[] | Misfit {
  const content = read(file);
  if (/^\s*[[{]/.test(content)) return jsonSets(content);
  const sets = goSets(content);
  const found = content.trim() ? quoted(content.slice(0, 1000), 40) : 'an empty file';
  return sets.length > 0 ? sets : { expected: 'JSON, or lines of `go test -bench`', found };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw failure('samples_missing', { file, reason: code === 'ENOENT' ? 'there is no such file' : message });
  }
}

function choose(file: string, sets: readonly RawSet[], key: string | undefined): RawSet {
  const known = sets.map((s) => s.name).filter(Boolean);
  if (key === undefined) {
    const main = sets.filter((s) => s.main !== false);
    if (main.length === 1) return main[0]!;
    if (main.length === 0) throw failure('samples_unreadable', { file, expected: 'a benchmark', found: 'none' });
    throw failure('samples_which', { file, key, known: main.map((s) => s.name) });
  }
  if (known.length === 0 && sets.length === 1) return sets[0]!; // a set without a name fits any key
  const exact = sets.filter((s) => s.name === key);
  const found = exact.length > 0 ? exact : sets.filter((s) => separators.some((mark) => s.name.endsWith(mark + key)));
  if (found.length === 1) return found[0]!;
  throw failure('samples_which', { file, key, known });
}

/** What may stand before a key in the full name: `BenchmarkParse`, `BenchmarkParse/large`, `node bench.mjs`. */
const separators = ['Benchmark', '/', ' '];

/**
 * Sets in the text of `go test -bench`: with `-count` a benchmark has one line per sample. Time per operation is named
 * after the benchmark (`BenchmarkParse`), each other measurement after both: `BenchmarkParse.B/op`.
 */
function goSets(text: string): RawSet[] {
  const sets = new Map<string, RawSet & { values: number[] }>();
  for (const { name, main, stats } of goBench(text)) {
    for (const [stat, { value, unit }] of Object.entries(stats)) {
      const key = stat === main ? name : `${name}.${stat}`;
      const set = sets.get(key) ?? { name: key, unit, values: [], main: stat === main };
      set.values.push(value);
      sets.set(key, set);
    }
  }
  return [...sets.values()];
}

type Shape = { fits(value: unknown): boolean; read(value: never): RawSet[] | Misfit };

/** What a JSON file of samples may hold; the first shape that fits is read. */
const shapes: Shape[] = [
  { fits: Array.isArray, read: (values: unknown[]) => [{ name: '', unit: '', values }] },
  { fits: (v) => Array.isArray(field(v, 'results')), read: hyperfineSets },
  {
    fits: (v) => Array.isArray(field(v, 'samples')),
    read: (v: { name?: unknown; unit?: unknown; samples: unknown[] }) => [
      { name: textOf(v.name), unit: textOf(v.unit), values: v.samples },
    ],
  },
];

/** Sets in JSON: an array, `{ samples, name?, unit? }`, or an export of hyperfine (seconds). */
function jsonSets(content: string): RawSet[] | Misfit {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { expected: 'JSON', found: oneLine((error as Error).message) };
  }
  const shape = shapes.find((s) => s.fits(value));
  if (shape) return shape.read(value as never);
  const found = value && typeof value === 'object' ? `the keys ${Object.keys(value).join(', ') || '(none)'}` : value;
  return { expected: 'an array of numbers, `samples` or `results`', found: String(found) };
}

type HyperfineResult = { command?: string; times?: unknown[]; exit_codes?: (number | null)[] };

/** An export that holds a failed run is refused: its time is not that of a slow run. */
function hyperfineSets({ results }: { results: HyperfineResult[] }): RawSet[] | Misfit {
  const odd = results.find((r) => !Array.isArray(r?.times));
  if (odd) return { expected: '`times` in every result', found: `none for “${odd?.command ?? ''}”` };
  for (const { command, exit_codes } of results) {
    const run = exit_codes?.findIndex((code) => code !== 0) ?? -1;
    if (run >= 0)
      return {
        expected: 'runs that ended well',
        found: `exit code ${exit_codes![run]} in run ${run + 1} of “${command}”`,
      };
  }
  return results.map(({ command, times }) => ({ name: textOf(command), unit: 's', values: times! }));
}

const field = (value: unknown, key: string) =>
  value && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
