import { wilson } from '../../src/stats/proportion.ts';
import { shown } from '../shared/figure.ts';
import type { AuditCost } from './audit-cost.ts';
import type { Rates } from './comparisons.ts';
import type { RecordCost } from './record.ts';

/** A promise about the sentinel, with its figure. */
export type Goal = { goal: string; figure: string; reached: boolean };

/** `rates`: the rates for the default number of runs. */
export function goalsOf({ found, planted, wrong, unchanged }: Rates, cost: AuditCost, record: RecordCost): Goal[] {
  const beyond = cost.whole_s - cost.hooks_s;
  return [
    { goal: 'over 90 % of planted +10 % are flagged', figure: shareOf(found, planted), reached: found / planted > 0.9 },
    {
      goal: 'at most 5 % of comparisons without a change flag anything',
      figure: shareOf(wrong, unchanged),
      reached: wrong / unchanged <= 0.05,
    },
    {
      goal: 'an audit takes at most 5 s beyond the hooks’ own time',
      figure: `${beyond.toFixed(1)} s`,
      reached: beyond <= 5,
    },
    {
      goal: 'reading the files takes under 0.3 s',
      figure: `${cost.static_s.toFixed(2)} s`,
      reached: cost.static_s < 0.3,
    },
    {
      goal: `the record of a session takes at most ${record.goal_ms} ms`,
      figure: `${shown(record.added)} ms`,
      reached: record.met,
    },
  ];
}

/** `93.3 % [90.4, 95.3]`: with Wilson's 95 % interval. */
export function shareOf(n: number, of: number): string {
  const { low, high } = wilson(n / of, of);
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(n / of)} % [${percent(low)}, ${percent(high)}]`;
}
