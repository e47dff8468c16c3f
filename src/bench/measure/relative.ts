import { effect } from '../../stats/effect.ts';

/**
 * A time of a command as a multiple of that of the first: 1.2 is 20 % more. `interval` is one of those of the same metric, which hold as a
 * whole with 95 %; null where there are too few runs for it. A difference is shown where it excludes 1.
 */
export type Relative = {
  command: string;
  reference: string;
  metric: string;
  times: number;
  interval: [number, number] | null;
};

type Times = { name: string; values: number[] };

/** What is known of a command's times. */
type Timed = { command: string; wall: Times; undelayed_wall: Times | null };

/** How often any interval of the family may miss the truth. */
const ALPHA = 0.05;

/**
 * Relates each command to the first, by raw and by undelayed wall time, by the Hodges-Lehmann estimate of the ratio and its rank interval (Mann-Whitney, on logarithms).
 * Each interval gets an equal share of the error (Bonferroni), so that all hold together. Empty where a time is 0: there are no ratios then.
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

/** Every pair of runs is compared, so that more runs than this would take minutes. They are chosen evenly, not by their values. */
const ENOUGH = 1500;

const thinned = (values: number[]): number[] =>
  values.filter((_, i) => values.length <= ENOUGH || i % Math.ceil(values.length / ENOUGH) === 0);

/** Which side a relation is shown to be on; null where the interval holds both. */
export function shownAs({ interval }: Relative): 'faster' | 'slower' | null {
  if (interval === null) return null;
  return interval[1] < 1 ? 'faster' : interval[0] > 1 ? 'slower' : null;
}
