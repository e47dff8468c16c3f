import { changePoint, shiftOf, windowMean } from '../../src/monitor/analytics/shift.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { type Change, type HistoryKind, history, historyKinds, isoDay, type RecordedDay } from './histories.ts';

/** Whether a rule says "slower" on its last day. */
type Rival = { name: string; says(days: readonly RecordedDay[], today: string): boolean };

/** perf-gate's rule first, then rules that are common elsewhere. */
export const rivals: readonly Rival[] = [
  { name: 'change point', says: (days, today) => shiftOf(days, today, changePoint) !== null },
  { name: '7-day mean > 1.2 × 30-day', says: (days, today) => shiftOf(days, today, windowMean) !== null },
  { name: 'newest day z > 3', says: (days) => zOfNewest(days) > 3 },
  { name: '7-day p95 > 1.5 × 21-day', says: (days) => p95Ratio(days) > 1.5 },
];

/** The newest day's mean minus the mean of the days before, in standard deviations of those days. */
function zOfNewest(days: readonly RecordedDay[]): number {
  const before = days.slice(-31, -1).map((d) => d.mean);
  const mean = before.reduce((sum, v) => sum + v, 0) / before.length;
  const sd = Math.sqrt(before.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (before.length - 1));
  return (days.at(-1)!.mean - mean) / sd;
}

const p95Ratio = (days: readonly RecordedDay[]) => p95Of(days.slice(-7)) / p95Of(days.slice(-28, -7));

function p95Of(days: readonly RecordedDay[]): number {
  const values = Float64Array.from(days.flatMap((d) => d.values)).sort();
  return values[Math.ceil(0.95 * values.length) - 1]!;
}

/** Days of history before the month that is judged day by day. */
const past = 30;
const month = 30;

/** Results of a rule on many histories of a kind. Days are counted from the first day with the change: 1 is the evening of that day. */
export type RuleRow = {
  history: string;
  rule: string;
  series: number;
  /** Series with a false alarm within the month. */
  wrong: number;
  /** Series that became 50 % slower, and were found within five days. */
  found: number;
  medianDays: number;
};

export function ruleRows(series: number, seed: string, kinds: readonly HistoryKind[] = historyKinds): RuleRow[] {
  return kinds.flatMap((kind) => {
    const calm = histories(kind, series, `${seed} calm`);
    const risen = histories(kind, series, `${seed} risen`, { from: past, times: 1.5 });
    return rivals.map((rival) => {
      const delays = risen.map((days) => firstAlarm(days, rival) - past + 1);
      return {
        history: kind.name,
        rule: rival.name,
        series,
        wrong: calm.filter((days) => firstAlarm(days, rival) < Infinity).length,
        found: delays.filter((days) => days <= 5).length,
        medianDays: [...delays].sort((a, b) => a - b)[Math.floor(series / 2)]!,
      };
    });
  });
}

const histories = (kind: HistoryKind, series: number, seed: string, change?: Change) =>
  Array.from({ length: series }, (_, i) =>
    history(kind, past + month, seededRandom(`${seed} ${kind.name} ${i}`), change),
  );

/** The number of the first day of the month on which the rule raises an alarm; Infinity if it never does. */
function firstAlarm(days: readonly RecordedDay[], rival: Rival): number {
  for (let day = past; day < past + month; day++) {
    const today = isoDay(day);
    if (
      rival.says(
        days.filter((d) => d.day <= today),
        today,
      )
    )
      return day;
  }
  return Infinity;
}
