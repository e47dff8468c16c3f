import { interquartileRange, quantile } from 'simple-statistics';
import { seededRandom } from '../../src/stats/rng.ts';
import { type Figure, figureOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';
import type { Observer, Seen } from './observers.ts';
import type { Program } from './programs.ts';

/** The measurements of one program by all observers. Differences are perf-gate's minus the other's, round by round. */
export type Row = {
  program: string;
  rounds: number;
  wall: {
    ours: Figure;
    hyperfine: Figure;
    bias_ms: Figure;
    jitter_ours_ms: number;
    jitter_hyperfine_ms: number;
    jitter_ratio: Figure;
  };
  cpu: { ours: Figure; hyperfine: Figure; time: Figure; bias_ms: Figure; against_time_ms: Figure };
  rss: { ours_kb: Figure; time_kb: Figure; against_time_kb: Figure };
};

export async function compare(program: Program, observers: readonly Observer[]): Promise<Row> {
  const subjects = observers.map(({ name, observe }) => ({ name, take: () => observe(program) }));
  const seen = await inTurn(subjects, program.rounds);
  const of = (name: string, what: keyof Seen) => seen.get(name)!.map((s) => s[what] ?? Number.NaN);
  const less = (x: number[], y: number[]) => figureOf(x.map((value, i) => value - y[i]!));
  const [wall, theirs] = [of('perf-gate', 'wall_ms'), of('hyperfine', 'wall_ms')];
  const cpu = of('perf-gate', 'cpu_ms');
  const rss = of('perf-gate', 'max_rss_kb');
  return {
    program: program.name,
    rounds: program.rounds,
    wall: {
      ours: figureOf(wall),
      hyperfine: figureOf(theirs),
      bias_ms: less(wall, theirs),
      jitter_ours_ms: interquartileRange(wall),
      jitter_hyperfine_ms: interquartileRange(theirs),
      jitter_ratio: jitterRatio(wall, theirs),
    },
    cpu: {
      ours: figureOf(cpu),
      hyperfine: figureOf(of('hyperfine', 'cpu_ms')),
      time: figureOf(of('time', 'cpu_ms')),
      bias_ms: less(cpu, of('hyperfine', 'cpu_ms')),
      against_time_ms: less(cpu, of('time', 'cpu_ms')),
    },
    rss: {
      ours_kb: figureOf(rss),
      time_kb: figureOf(of('time', 'max_rss_kb')),
      against_time_kb: less(rss, of('time', 'max_rss_kb')),
    },
  };
}

/** Ratio of the interquartile ranges, with a percentile bootstrap interval over the rounds. */
function jitterRatio(x: readonly number[], y: readonly number[]): Figure {
  const random = seededRandom('jitter');
  const ratio = (rounds: readonly number[]) =>
    interquartileRange(rounds.map((i) => x[i]!)) / interquartileRange(rounds.map((i) => y[i]!));
  const all = x.map((_, i) => i);
  const again = Array.from({ length: 1000 }, () => ratio(all.map(() => Math.floor(random() * all.length))));
  return { median: ratio(all), low: quantile(again, 0.025), high: quantile(again, 0.975) };
}
