import { type RuleRow, rivals } from './rules.ts';

/** A promise of the monitor's rule, and the result. */
export type RuleGoal = { goal: string; seen: string; reached: boolean };

export const fiveDays = 5;

/** Goals for the first rule on typical histories. `wronglyProved`: the share of measurements that find a handler worse than itself. */
export function goalsOf(rows: readonly RuleRow[], wronglyProved: number): RuleGoal[] {
  const row = rows.find((r) => r.history === 'typical' && r.rule === rivals[0]!.name)!;
  const wrong = row.wrong / row.series;
  const found = row.found / row.series;
  return [
    { goal: 'false alarms in at most 7 % of typical series a month', seen: percent(wrong), reached: wrong <= 0.07 },
    { goal: `+50 % found within ${fiveDays} days in at least 98 %`, seen: percent(found), reached: found >= 0.98 },
    {
      goal: 'false alarms that a measurement then proves in at most 0.5 % of typical series a month',
      seen: `${(100 * wrong * wronglyProved).toFixed(2)} % (${percent(wrong)} × ${percent(wronglyProved)})`,
      reached: wrong * wronglyProved <= 0.005,
    },
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
