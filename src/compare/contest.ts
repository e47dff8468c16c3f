import { type Amount, amountText } from '../core/amount.ts';
import { failure } from '../core/errors.ts';
import { areAlike, convert } from '../core/units.ts';
import { ordinaryRuns } from '../stats/looks.ts';
import { reachable } from '../stats/reachable.ts';
import { newestRules, type Rule } from '../stats/rule.ts';
import { type Contest, shareOf } from './commands.ts';
import { noWorseThan } from './no-worse.ts';
import { noMargin, twoQuestions } from './two-questions.ts';

const fivePercent: Amount = { kind: 'pct', value: 5 };

/**
 * The claim and the threshold of a comparison of commands. `unit`: the unit of the metric. If `margin` is given, the claim is “no worse”,
 * and a command may be worse by this many per cent.
 * @throws usage: two questions
 */
export function askedIn(unit: string, threshold: Amount | undefined, margin: number | undefined): Contest['asked'] {
  if (margin === undefined) return { claim: 'proven', threshold: thresholdIn(unit, threshold ?? fivePercent) };
  if (threshold === undefined && margin > 0) return { claim: 'no_worse', threshold: noWorseThan(margin) };
  throw margin > 0 ? twoQuestions() : noMargin('the second command');
}

function thresholdIn(unit: string, asked: Amount): Rule['threshold'] {
  const least = { pct_min: 0, absolute_min: 0, significance_required: true };
  if (asked.kind === 'pct') return { ...least, type: 'pct', pct_min: asked.value };
  const from = asked.unit || unit;
  if (areAlike(from, unit)) return { ...least, type: 'absolute', absolute_min: convert(asked.value, from, unit) };
  throw failure('usage', {
    problem: `The threshold “${amountText(asked)}” does not fit the unit of the metric (${unit}).`,
    hint: `Give per cent or ${unit}: --threshold 5%, --threshold 10${unit}.`,
  });
}

type Runs = { given: number | undefined; mostGiven: number | undefined; comparisons: number };

/**
 * The numbers of executions per command at the first and at the last look.
 * @throws usage: with so few executions, no result can be significant
 */
export function runsOf({ given, mostGiven, comparisons }: Runs): Contest['runs'] {
  const most = mostGiven ?? Math.max(ordinaryRuns.last, given ?? ordinaryRuns.first);
  const first = given ?? Math.min(ordinaryRuns.first, most);
  const answer = reachable({
    test: 'mann_whitney',
    first,
    last: most,
    alpha: shareOf(comparisons),
    rules: newestRules,
  });
  const needed = answer.needed_runs;
  if (first <= most && first >= 3 && answer.ok) return { first, most };
  throw failure('usage', {
    problem:
      first > most
        ? `--runs ${first} is more than --max-runs ${most}.`
        : `With ${first} to ${most} runs of each command, no difference can be significant.`,
    hint: `Leave both options out (then each command runs ${ordinaryRuns.first} to ${ordinaryRuns.last} times), or give at least --runs ${Math.max(3, Math.min(first, needed))} --max-runs ${Math.max(needed, first)}.`,
  });
}
