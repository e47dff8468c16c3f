import { effect } from '../../stats/effect.ts';

/**
 * The time of a command as a multiple of the first command's time: 1.2 is 20 % more. `interval`: null if there are too few executions. With
 * 95 % confidence, every interval of one metric contains its true ratio. The difference is proven if the interval excludes 1.
 */
export type Relative = {
  command: string;
  reference: string;
  metric: string;
  times: number;
  interval: [number, number] | null;
};

type Times = { name: string; values: number[] };

/** A command with its wall times, and with its undelayed wall times if the instrument can measure them. */
type Timed = { command: string; wall: Times; undelayed_wall: Times | null };

/** The family-wise error: the chance that at least one interval misses the true ratio. */
const ALPHA = 0.05;

/**
 * The ratios of each command's time to the first command's time, for wall and undelayed wall time. Each ratio is a Hodges-Lehmann estimate
 * with its rank interval (Mann-Whitney, on logarithms). Each interval gets an equal share of the error (Bonferroni), so that the
 * family-wise error is at most `ALPHA`. The list is empty if any of the times is 0.
 */
export const relativeTo = (first: Timed, others: readonly Timed[]): Relative[] =>
  (['wall', 'undelayed_wall'] as const).flatMap((figure) => related(figure, first, others));

function related(figure: 'wall' | 'undelayed_wall', first: Timed, others: readonly Timed[]): Relative[] {
  const figures = [first, ...others].map((s) => s[figure]);
  const times = figures.flatMap((known) => (known ? [thinned(known.values)] : []));
  const metric = figures[0]?.name;
  if (metric === undefined || times.length < figures.length || !times.flat().every((v) => v > 0)) return [];
  const alpha = ALPHA / others.length / 2;
  return others.map(({ command }, i) => {
    const seen = effect('mann_whitney', 'log', times[i + 1]!, times[0]!);
    const interval: [number, number] = [Math.exp(seen.lower(alpha)), Math.exp(seen.upper(alpha))];
    const known = interval[0] > 0 && Number.isFinite(interval[1]);
    return {
      command,
      reference: first.command,
      metric,
      times: Math.exp(seen.estimate),
      interval: known ? interval : null,
    };
  });
}

/**
 * The largest number of samples of a command that is compared without thinning. A command with more samples is thinned: every nth sample
 * counts, regardless of its value. Every pair of samples is compared, so more samples would take minutes.
 */
const ENOUGH = 1500;

const thinned = (values: number[]): number[] =>
  values.filter((_, i) => values.length <= ENOUGH || i % Math.ceil(values.length / ENOUGH) === 0);

/** Whether a command is proven to be faster or slower than the first command. Null if the interval of the ratio contains 1. */
export function shownAs({ interval }: Relative): 'faster' | 'slower' | null {
  if (interval === null) return null;
  return interval[1] < 1 ? 'faster' : interval[0] > 1 ? 'slower' : null;
}
