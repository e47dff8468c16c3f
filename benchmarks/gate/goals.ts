import type { Count, GateRow } from './simulate.ts';

/** What the gate promises, and what was seen: the worst row for it. */
export type Goal = { goal: string; worst: string; reached: boolean };

/** Executions of an attempt in the fixed design that promises the same: 20 pairs to screen, 20 to confirm. */
export const fixedExecutions = 80;

const shareOf = ({ of, count }: Count) => count / of;

/** `quiet`: the machines with independent noise of up to 5 %, the loudest last, for which the power and the cost are promised. */
export function goalsOf(rows: readonly GateRow[], quiet: readonly string[]): Goal[] {
  const clear = rows.filter((r) => quiet.includes(r.machine) && r.pct === 10);
  const ranks = clear.filter((r) => r.test === 'mann_whitney');
  const calm = ranks.filter((r) => r.machine !== quiet.at(-1));
  return [
    goal(
      rows,
      'false accepts per run of ten attempts, at 0.9 of the threshold: at most 5 %',
      (r) => shareOf(r.falseRuns),
      {
        most: 0.05,
      },
    ),
    goal(clear, 'power at 1.5 thresholds, noise up to 5 %: at least 80 %', (r) => shareOf(r.power[1.5]), {
      least: 0.8,
    }),
    goal(clear, 'power at 2 thresholds, noise up to 5 %: at least 95 %', (r) => shareOf(r.power[2]), { least: 0.95 }),
    goal(clear, 'executions to turn down no effect: at most 12.9', (r) => r.executions.noEffect, { most: 12.9 }),
    goal(clear, 'of no effect, at least 85 % end rejected', (r) => shareOf(r.rejectedNoEffect), { least: 0.85 }),
    // The quick calibration has none of these machines.
    ...(calm.length === 0
      ? []
      : [
          goal(
            calm,
            'executions to judge twice the threshold, Mann-Whitney, noise up to 2 %: at most 24.5',
            (r) => r.executions.twice,
            { most: 24.5 },
          ),
        ]),
    goal(
      ranks,
      'executions to judge twice the threshold, Mann-Whitney, noise up to 5 %: at most 29',
      (r) => r.executions.twice,
      { most: 29 },
    ),
    goal(rows, 'rejected although the upper bound reaches the threshold: never', (r) => shareOf(r.rejectedUnproved), {
      most: 0,
    }),
  ];
}

type Bound = { most: number } | { least: number };

function goal(rows: readonly GateRow[], name: string, figure: (row: GateRow) => number, bound: Bound): Goal {
  const sign = 'most' in bound ? -1 : 1;
  const worst = rows.reduce((a, b) => (sign * figure(b) < sign * figure(a) ? b : a));
  const value = figure(worst);
  const shown = value > 1 || name.startsWith('executions') ? value.toFixed(1) : `${(100 * value).toFixed(1)} %`;
  return {
    goal: name,
    worst: `${shown} (${worst.machine}; ${worst.pct} %, ${worst.test.replaceAll('_', ' ')})`,
    reached: 'most' in bound ? value <= bound.most : value >= bound.least,
  };
}
