import { type RuleRow, rivals } from './rules.ts';

/** What the rule of the monitor promises, and what was seen. */
export type RuleGoal = { goal: string; seen: string; reached: boolean };

export const fiveDays = 5;

/** On the typical histories, for the first of the rules. */
export function goalsOf(rows: readonly RuleRow[]): RuleGoal[] {
  const row = rows.find((r) => r.history === 'typical' && r.rule === rivals[0]!.name)!;
  const wrong = row.wrong / row.series;
  const found = row.found / row.series;
  return [
    { goal: 'false alarms in at most 7 % of typical series a month', seen: percent(wrong), reached: wrong <= 0.07 },
    { goal: `+50 % found within ${fiveDays} days in at least 98 %`, seen: percent(found), reached: found >= 0.98 },
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
