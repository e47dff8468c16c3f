import { wilson } from '../../src/stats/proportion.ts';
import { ALPHA, type Outcome } from './simulated.ts';

/** A promise about suites, with its figure. */
type Goal = { goal: string; figure: string; reached: boolean };

export function goalsOf(unchanged: Outcome, planted: Outcome, atMargin: Outcome): Goal[] {
  const rare = (goal: string, wrong: number, of: number): Goal => ({
    goal,
    figure: shareOf(wrong, of),
    reached: wrong / of <= ALPHA,
  });
  return [
    rare('nothing changed: at most 5 % of suites call any regressed', unchanged.falselyRegressed, unchanged.suites),
    rare('nothing changed: at most 5 % of suites call any better', unchanged.falselyBetter, unchanged.suites),
    rare('five changed: at most 5 % of suites call another regressed', planted.falselyRegressed, planted.suites),
    rare('all at the margin: at most 5 % of suites call any held', atMargin.falselyHeld, atMargin.suites),
    {
      goal: 'each planted change of 10 % is found',
      figure: shareOf(planted.found, planted.planted),
      reached: planted.found === planted.planted,
    },
  ];
}

/** `93.3 % [90.4, 95.3]`: with Wilson's 95 % interval. */
export function shareOf(n: number, of: number): string {
  if (of === 0) return '–';
  const { low, high } = wilson(n / of, of);
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(n / of)} % [${percent(low)}, ${percent(high)}]`;
}
