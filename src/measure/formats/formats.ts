import { convert } from '../../core/units.ts';
import type { Absence } from '../sources/source.ts';
import { autocannon } from './autocannon.ts';
import { criterion } from './criterion.ts';
import { explainAnalyze } from './explain-analyze.ts';
import { goBench } from './go-bench.ts';
import { googleBenchmark } from './google-benchmark.ts';
import { hyperfine } from './hyperfine.ts';
import { jmh } from './jmh.ts';
import { k6 } from './k6.ts';
import { mitata } from './mitata.ts';
import { pytestBenchmark } from './pytest-benchmark.ts';
import { type Format, mean, type Row } from './row.ts';
import { tinybench } from './tinybench.ts';
import { vitestBench } from './vitest-bench.ts';

/** The result formats of benchmark tools. To add one, write its reader in a file of this folder, and its row here. */
export const formats = {
  hyperfine,
  'vitest-bench': vitestBench,
  tinybench,
  mitata,
  'go-bench': goBench,
  criterion,
  'pytest-benchmark': pytestBenchmark,
  'google-benchmark': googleBenchmark,
  jmh,
  autocannon,
  k6,
  'explain-analyze': explainAnalyze,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

type Result = { format: FormatName; file: string; key?: string };

/**
 * One number of a tool's result, in the unit of the metric. `key` names a benchmark, of which the main statistic is read, or a
 * benchmark and a statistic (`parse.median`). Where there is only one benchmark, it may name a statistic, or be left out.
 */
export function formatted(text: string, source: Result, unit: string): number | Absence {
  const rows = read(text, source);
  if ('expected' in rows) return rows;
  const names = [...new Set(rows.map((row) => row.name))];
  const key = source.key ?? '';
  const found = candidates(key, names).flatMap(({ name, stat }) => {
    const stats = rows.filter((row) => row.name === name).flatMap((row) => row.stats[stat ?? row.main] ?? []);
    return stats[0] ? [{ name, value: convert(mean(stats.map((s) => s.value)), stats[0].unit, unit) }] : [];
  });
  const [first, second] = found;
  if (first && !second) return first.value;
  const expected = key
    ? `one benchmark or statistic “${key}” in ${source.file}`
    : `a \`key\` that names one benchmark of ${source.file}`;
  const known = names.length === 1 ? Object.keys(rows[0]?.stats ?? {}) : names;
  return { expected, found: (second ? found.map((f) => f.name) : known).slice(0, 10).join(', ') || 'none' };
}

function read(text: string, source: Result): Row[] | Absence {
  const expected = `the result of ${source.format} in ${source.file}`;
  try {
    const rows = formats[source.format](text);
    return rows.length > 0 ? rows : { expected, found: 'no benchmark in it' };
  } catch (error) {
    return { expected, found: `something else (${(error as Error).message.slice(0, 100)})` };
  }
}

/** What a key may mean: a whole name, else the end of a name, else a statistic of the only benchmark. */
function candidates(key: string, names: readonly string[]): { name: string; stat?: string }[] {
  const only = names.length === 1 ? names[0] : undefined;
  if (key === '') return only === undefined ? [] : [{ name: only }];
  for (const fits of [equals, endsWith]) {
    const whole = names.filter((name) => fits(name, key)).map((name) => ({ name }));
    if (whole.length > 0) return whole;
    const dots = [...key.matchAll(/\./g)].map((dot) => dot.index);
    const parts = dots.flatMap((dot) =>
      names.filter((name) => fits(name, key.slice(0, dot))).map((name) => ({ name, stat: key.slice(dot + 1) })),
    );
    if (parts.length > 0) return parts;
  }
  return only === undefined ? [] : [{ name: only, stat: key }];
}

const equals = (name: string, key: string) => name === key;

/** The last part of `file::test`, `group > name`, `group/name`, `package.Class.method`. */
const endsWith = (name: string, key: string) => ['::', ' > ', '/', '.'].some((mark) => name.endsWith(mark + key));
