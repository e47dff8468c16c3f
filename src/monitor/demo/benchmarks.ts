import { sha256 } from '../../core/hash.ts';
import { DAY } from '../../core/time.ts';
import { seededRandom } from '../../stats/rng.ts';
import type { BenchPoint } from '../store/bench.ts';

const COMMITS = 36;

/** Invented benchmarks. The values of commit number `from` and of all later commits are multiplied by `factor`. */
const series = [
  { name: 'node build.js', ms: 840, from: 22, factor: 0.81 },
  { name: 'node search.js', ms: 62, from: COMMITS, factor: 1 },
];

/** Invented measurements of successive commits over the four weeks before `until` (ms since 1970). */
export function inventedBenchmarks(seed: string, until: number): BenchPoint[] {
  const random = seededRandom(`monitor demo benchmarks ${seed}`);
  return series.flatMap(({ name, ms, from, factor }) =>
    Array.from({ length: COMMITS }, (_, i): BenchPoint => {
      const level = ms * (i >= from ? factor : 1);
      const values = Array.from({ length: 7 }, () => level * (0.97 + 0.06 * random())).sort((a, b) => a - b);
      const t = Math.round(until - ((COMMITS - i) * 27.5 * DAY) / COMMITS);
      const id = (n: number) => sha256(`demo commit ${n}`).slice(0, 40);
      return {
        ...{ name, metric: 'wall_time', unit: 'ms', lower_is_better: true, project: 'shop', contract: sha256(name) },
        ...{ machine: 'an invented machine', instrument: 'demo', t, arm: 'command', dirty: false, file: null },
        commit: { id: id(i), time: t - 600_000, parent: i === 0 ? null : id(i - 1) },
        values,
        median: values[3]!,
        ci95: [values[1]!, values[5]!],
      };
    }),
  );
}
