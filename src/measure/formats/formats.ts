import { listed } from '../../core/text.ts';
import { convert } from '../../core/units.ts';
import type { Absence } from '../sources/source.ts';
import { autocannon } from './autocannon.ts';
import { benchmarkDotNet } from './benchmark-dotnet.ts';
import { candidates, labelled } from './choose.ts';
import { contentOf } from './content.ts';
import { criterion } from './criterion.ts';
import { explainAnalyze } from './explain-analyze.ts';
import { goBench } from './go-bench.ts';
import { googleBenchmark } from './google-benchmark.ts';
import { hyperfine } from './hyperfine.ts';
import { jmh } from './jmh.ts';
import { k6 } from './k6.ts';
import { looksLike } from './looks-like.ts';
import { mitata } from './mitata.ts';
import { pyperf } from './pyperf.ts';
import { pytestBenchmark } from './pytest-benchmark.ts';
import { type Format, mean, type Row } from './row.ts';
import { tinybench } from './tinybench.ts';
import { vitestBench } from './vitest-bench.ts';

/** The result formats of benchmark tools. To add a format, write its reader in a file of this folder, and add a row to this table. */
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
  pyperf,
  'benchmark-dotnet': benchmarkDotNet,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

type Result = { format: FormatName; file: string; key?: string };

/**
 * One number of a tool's result, in the unit of the metric. `key` names a benchmark, or a benchmark and a statistic (`parse.median`).
 * Without a statistic in `key`, the main statistic is read. In a file with only one benchmark, `key` can be the name of a statistic alone,
 * or be absent.
 */
export function formatted(text: string, source: Result, unit: string): number | Absence {
  const read = rowsIn(text, source);
  if ('expected' in read) return read;
  const rows = labelled(read);
  const labels = [...new Set(rows.map((row) => row.label))];
  const key = source.key ?? '';
  const found = candidates(key, rows);
  const [first, second] = found;
  if (first && !second)
    return meanOf(
      rows.filter((row) => row.label === first.label),
      first.stat,
      unit,
    );
  const expected = key
    ? `exactly one benchmark or statistic “${key}” in ${source.file}`
    : `a \`key\` that names exactly one benchmark of ${source.file}`;
  const known = labels.length === 1 ? Object.keys(rows[0]?.stats ?? {}) : labels;
  return { expected, found: listed(second ? found.map((f) => f.label) : known) || 'none' };
}

/**
 * The main statistic of every benchmark of a result, with the label of the benchmark. Failed benchmarks are left out. If the file holds no
 * benchmark, returns the reason.
 */
export function everyFormatted(text: string, source: Result, unit: string): [name: string, value: number][] | Absence {
  const read = rowsIn(text, source);
  if ('expected' in read) return read;
  const rows = labelled(read);
  return [...new Set(rows.map((row) => row.label))].flatMap((label): [string, number][] => {
    const value = meanOf(
      rows.filter((row) => row.label === label),
      undefined,
      unit,
    );
    return typeof value === 'number' ? [[label, value]] : [];
  });
}

/** The mean over the repetitions of a benchmark. */
function meanOf(rows: readonly (Row & { label: string })[], stat: string | undefined, unit: string): number | Absence {
  const stats = rows.flatMap((row) => row.stats[stat ?? row.main] ?? []);
  const [{ label, main, stats: known }] = rows as [(typeof rows)[number]];
  const failed = rows.find((row) => row.failed !== undefined && !row.stats[stat ?? row.main])?.failed;
  if (failed !== undefined) return { expected: `executions of ${label} that ended well`, found: failed };
  if (!stats[0])
    return { expected: `the statistic ${stat ?? main} of ${label}`, found: listed(Object.keys(known)) || 'none' };
  return convert(mean(stats.map((s) => s.value)), stats[0].unit, unit);
}

function rowsIn(text: string, source: Result): Row[] | Absence {
  const expected = `the result of ${source.format} in ${source.file}`;
  const content = contentOf(text);
  try {
    const rows = formats[source.format].read(content);
    if (rows.length > 0) return rows;
  } catch {
    // `read` failed because the file has another format; `looksLike` describes the file below
  }
  return { expected, found: looksLike(content).what };
}
