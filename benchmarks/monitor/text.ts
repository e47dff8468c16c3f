import { table } from '../shared/table.ts';
import { fiveDays, type RuleGoal } from './goals.ts';
import { type RuleRow, rivals } from './rules.ts';

/** The rules as tables for a terminal: false alarms, then what they find. */
export function textOf(rows: readonly RuleRow[]): string {
  const histories = [...new Set(rows.map((r) => r.history))];
  const by = (cell: (row: RuleRow) => string) =>
    table(
      ['rule', ...histories],
      rivals.map(({ name }) => [
        name,
        ...histories.map((history) => cell(rows.find((r) => r.rule === name && r.history === history)!)),
      ]),
    );
  return [
    `Histories of a hook, ${rows[0]?.series ?? 0} of each kind: a month of history, then a month that is judged day by day.`,
    '\nSeries of a month with a false alarm\n',
    by((r) => share(r.wrong, r.series)),
    `\nSeries that became 50 % slower: share found within ${fiveDays} days, and median day of detection\n`,
    by((r) => `${share(r.found, r.series)} (${Number.isFinite(r.medianDays) ? r.medianDays : 'never'})`),
  ].join('\n');
}

export const goalsText = (goals: readonly RuleGoal[]): string =>
  ['\nGoals\n', ...goals.map((g) => `${g.reached ? '✓' : '✗ MISSED'} ${g.goal}: ${g.seen}`)].join('\n');

const share = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
