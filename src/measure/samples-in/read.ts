import { readFileSync } from 'node:fs';
import { failure } from '../../core/errors.ts';
import { quoted } from '../../core/text.ts';
import { goSets } from './go.ts';
import { jsonSets } from './json.ts';
import type { Misfit, RawSet, SampleSet } from './set.ts';

/**
 * The samples of a file: JSON (an array of numbers, `{ samples }`, an export of hyperfine or of ours) or the text of
 * `go test -bench`. `key` names the benchmark where there are several: its whole name, or the end of it after
 * `Benchmark`, `/` or a blank. Throws `samples_missing`, `samples_unreadable`, `samples_which`.
 */
export function samplesIn(file: string, key?: string): SampleSet {
  const sets = setsIn(file);
  if ('expected' in sets) throw failure('samples_unreadable', { file, ...sets });
  const { name, unit, values } = choose(file, sets, key);
  const odd = values.findIndex((v) => typeof v !== 'number');
  const where = name ? ` of “${name}”` : '';
  const expected = `numbers${where}`;
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
  if (known.length === 0 && sets.length === 1) return sets[0]!; // samples without a name go by any
  const exact = sets.filter((s) => s.name === key);
  const found = exact.length > 0 ? exact : sets.filter((s) => ends.some((mark) => s.name.endsWith(mark + key)));
  if (found.length === 1) return found[0]!;
  throw failure('samples_which', { file, key, known });
}

/** What may stand before a key in the full name: `BenchmarkParse`, `BenchmarkParse/large`, `node bench.mjs`. */
const ends = ['Benchmark', '/', ' '];
