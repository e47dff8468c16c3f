import { type BenchLine, benchLines } from '../../src/monitor/analytics/by-commit.ts';
import type { BenchPoint } from '../../src/monitor/store/bench.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { table } from '../shared/table.ts';

/** Results of the benchmark rule on simulated series of a length. `noise`: the standard deviation of a commit, in %. */
export type CommitRow = {
  noise: number;
  commits: number;
  series: number;
  /** Unchanged series that the rule calls worse after any of their commits; it is evaluated after each. */
  wrong: number;
  /** Series that became 10 % slower at a random commit: those called worse at their end, and those with the right commit named. */
  found: number;
  named: number;
};

export const commitRows = (series: number, seed: string): CommitRow[] =>
  [1, 3, 5].flatMap((noise) => [10, 20, 50].map((commits) => rowOf({ noise, commits, series }, seed)));

function rowOf({ noise, commits, series }: Pick<CommitRow, 'noise' | 'commits' | 'series'>, seed: string): CommitRow {
  const seen = Array.from({ length: series }, (_, nth) => {
    const random = seededRandom(`${seed} by commit ${noise} ${commits} ${nth}`);
    const at = 1 + Math.floor(random() * (commits - 1));
    const calm = Array.from({ length: commits }, () => 100 * (1 + (noise / 100) * normal(random)));
    const wrong = calm.some((_, i) => i >= 9 && worseOf(calm.slice(0, i + 1)) !== null);
    const worse = worseOf(calm.map((value, i) => (i < at ? value : 1.1 * value)));
    return { wrong, found: worse !== null, named: worse?.to === idOf(at) };
  });
  const count = (of: 'wrong' | 'found' | 'named') => seen.filter((one) => one[of]).length;
  return { noise, commits, series, wrong: count('wrong'), found: count('found'), named: count('named') };
}

const worseOf = (values: readonly number[]): BenchLine['worse'] => benchLines(values.map(point), null)[0]!.worse;

const idOf = (nth: number) => String(nth).padStart(40, '0');

const point = (value: number, nth: number): BenchPoint => ({
  ...{
    name: '',
    metric: '',
    unit: 'ms',
    lower_is_better: true,
    project: '',
    contract: '',
    machine: '',
    instrument: '',
  },
  ...{ t: nth, arm: 'head', commit: { id: idOf(nth), time: nth, parent: null }, dirty: false, file: null },
  ...{ values: [value], median: value, ci95: null },
});

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** The rows for a terminal. */
export const commitText = (rows: readonly CommitRow[]): string =>
  [
    `\nBenchmarks by commit, ${rows[0]!.series} series of each kind: called worse though nothing changed (looked at after each commit); 10 % slower from a random commit on, found, and that commit named\n`,
    table(
      ['noise', 'commits', 'wrong', 'found', 'named'],
      rows.map((row) => [
        `${row.noise} %`,
        String(row.commits),
        ...[row.wrong, row.found, row.named].map((n) => `${((100 * n) / row.series).toFixed(1)} %`),
      ]),
    ),
  ].join('\n');
