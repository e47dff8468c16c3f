import { binomialUpperTail } from './binomial.ts';
import { gaussian } from './noise.ts';
import { margin, type Rates } from './rates.ts';
import type { Count, GateRow } from './simulate.ts';

/** A promise of the gate, and the worst row for it. */
export type Goal = { goal: string; worst: string; reached: boolean };

/** The rows that the goals apply to. */
export type Seen = {
  gate: readonly GateRow[];
  biased: readonly (GateRow & { sessionEffectPct: number })[];
  atThreshold: readonly Rates[];
  noWorse: readonly Rates[];
};

/** Executions of an attempt in a fixed design with the same promises: 20 pairs to screen, 20 to confirm. */
export const fixedExecutions = 80;

const shareOf = ({ of, count }: Count) => count / of;

/** `quiet`: machines with independent noise of up to 5 %, the noisiest last; power and cost are promised for these. */
export function goalsOf({ gate, biased, atThreshold, noWorse }: Seen, quiet: readonly string[]): Goal[] {
  const ten = gate.filter((r) => r.pct === 10);
  const ranks = ten.filter((r) => quiet.includes(r.machine) && r.test === 'mann_whitney');
  const calm = ranks.filter((r) => r.machine !== quiet.at(-1));
  const loud = ten.filter((r) => r.machine === gaussian(10).name && r.test === 'mann_whitney');
  return [
    ...of(gate, (r) => `${r.machine}; ${r.pct} %, ${r.test.replaceAll('_', ' ')}`, [
      ['false accepts per run of ten attempts, at 0.9 of the threshold', (r) => shareOf(r.falseRuns), { most: 0.05 }],
      ['rejected although the upper bound reaches the threshold', (r) => shareOf(r.rejectedUnproved), { most: 0 }],
    ]),
    ...of(ranks, (r) => r.machine, [
      ['executions to turn down no effect, noise up to 5 %', (r) => r.executions.noEffect, { most: 12.9 }],
      ['of no effect, rejected, noise up to half the threshold', (r) => shareOf(r.rejectedNoEffect), { least: 0.85 }],
      ['executions to judge twice the threshold, noise up to 5 %', (r) => r.executions.twice, { most: 29 }],
      ['power at 1.5 thresholds, noise up to 5 %', (r) => shareOf(r.power[1.5]), { least: 0.85 }],
      ['power at 2 thresholds, noise up to 5 %', (r) => shareOf(r.power[2]), { least: 0.95 }],
    ]),
    ...of(calm, (r) => r.machine, [
      ['executions to judge twice the threshold, noise up to 2 %', (r) => r.executions.twice, { most: 24.5 }],
    ]),
    ...of(loud, (r) => r.machine, [
      [
        'executions to turn down no effect, noise as large as the threshold',
        (r) => r.executions.noEffect,
        { most: 20 },
      ],
      ['power at 1.5 thresholds, noise as large as the threshold', (r) => shareOf(r.power[1.5]), { least: 0.6 }],
      ['power at 2 thresholds, noise as large as the threshold', (r) => shareOf(r.power[2]), { least: 0.985 }],
    ]),
    ...of(
      biased.filter((r) => r.sessionEffectPct === 2),
      (r) => r.machine,
      [
        [
          'false accepts per run of ten attempts, with session_effect_pct: 2',
          (r) => shareOf(r.falseRuns),
          { most: 0.05 },
        ],
      ],
    ),
    ...of(atThreshold, (r) => r.machine, [
      [
        'p of “at exactly the threshold, at most 0.25 % of the attempts are accepted”',
        (r) => binomialUpperTail(r.accepted, 0.0025),
        { least: 0.01 },
      ],
    ]),
    ...noWorseGoals(noWorse.filter((r) => r.machine === gaussian(2).name)),
  ];
}

function noWorseGoals(rows: readonly Rates[]): Goal[] {
  const at = (truth: number) => rows.filter((r) => r.truth === truth);
  const name = (r: Rates) => `${r.machine}; ${-r.truth} % worse`;
  return [
    ...of(at(0), name, [
      ['no worse than 3 %: nothing changed, held', (r) => shareOf(r.accepted), { least: 0.95 }],
      ['no worse than 3 %: executions where nothing changed', (r) => r.executions, { most: 48 }],
      ['no worse than 3 %: nothing changed, regressed', (r) => shareOf(r.rejected), { most: 0.0025 }],
    ]),
    ...of(at(-margin), name, [
      [
        'p of “worse by the margin, at most 0.25 % of the attempts are held”',
        (r) => binomialUpperTail(r.accepted, 0.0025),
        { least: 0.01 },
      ],
    ]),
    ...of(at(-2 * margin), name, [
      ['no worse than 3 %: worse by 6 %, regressed', (r) => shareOf(r.rejected), { least: 0.95 }],
    ]),
  ];
}

type Bound = { most: number } | { least: number };
type Promised<Row> = readonly [name: string, figure: (row: Row) => number, bound: Bound];

/** The worst row for each promise; no goal if the quick calibration lacks such a machine. */
function of<Row>(rows: readonly Row[], rowName: (row: Row) => string, promises: readonly Promised<Row>[]): Goal[] {
  if (rows.length === 0) return [];
  return promises.map(([name, figure, bound]) => {
    const sign = 'most' in bound ? -1 : 1;
    const worst = rows.reduce((a, b) => (sign * figure(b) < sign * figure(a) ? b : a));
    const value = figure(worst);
    const limit = 'most' in bound ? bound.most : bound.least;
    const isShare = limit <= 1 && !name.startsWith('p of');
    const shown = (x: number) => (isShare ? `${(100 * x).toFixed(2)} %` : x.toFixed(limit <= 1 ? 3 : 1));
    return {
      goal: `${name}: at ${'most' in bound ? 'most' : 'least'} ${isShare ? `${100 * limit} %` : limit}`,
      worst: `${shown(value)} (${rowName(worst)})`,
      reached: 'most' in bound ? value <= limit : value >= limit,
    };
  });
}
