import type { Duel } from '../../../compare/commands.ts';
import { noWorseThan } from '../../../compare/no-worse.ts';
import { failure } from '../../../core/errors.ts';
import { oneOf } from '../../../core/text.ts';
import { areAlike, convert } from '../../../core/units.ts';
import { unitOf } from '../../../measure/sources/sources.ts';
import { namesOfferedBy } from '../../../measure/sources/spelling.ts';
import { ordinaryRuns } from '../../../stats/looks.ts';
import { reachable } from '../../../stats/reachable.ts';
import { newestRules, type Rule } from '../../../stats/rule.ts';
import { type Amount, amountText } from '../../amount.ts';
import type { Values } from '../../command.ts';
import { amount, choice, flag, number } from '../../options.ts';
import { executionOf, executionOptions, scriptOf } from '../measure/request.ts';
import { noMargin, twoQuestions } from '../no-worse-than.ts';

const example = 'perf-gate compare -- sleep 0.2 -- sleep 0.1';

const bounds = { least: 1, most: 1000, whole: true } as const;

const primaries = namesOfferedBy('compare');

/** The options of `compare -- A -- B`. */
export const commandOptions = {
  '--threshold <amount>': amount('how much better the second must be, such as 5% or 10ms (default 5%)'),
  '--primary <metric>': choice(oneOf(primaries), primaries, { otherwise: 'wall' }),
  '--runs <n>': number(`executions of each until the first look (default ${ordinaryRuns.first})`, bounds),
  '--max-runs <n>': number(`most executions of each in a session (default ${ordinaryRuns.last})`, bounds),
  '--same-output': flag('both must print the same'),
  ...executionOptions,
};

type Given = Values<typeof commandOptions> & { noWorseThan: number | undefined };

const fivePercent: Amount = { kind: 'pct', value: 5 };

/** What is compared, and how. @throws usage */
export function parseCommands(
  words: string[],
  { primary, threshold, runs, maxRuns, sameOutput, noWorseThan: margin, ...execution }: Given,
): Duel {
  const [base, candidate] = split(words);
  return {
    base,
    candidate,
    primary,
    asked: askedIn(unitOf(primary), threshold, margin),
    runs: runsOf(runs, maxRuns),
    execution: executionOf(execution),
    sameOutput,
  };
}

function split(words: string[]): [string, string] {
  const at = words.indexOf('--');
  if (at !== words.lastIndexOf('--'))
    throw failure('usage', {
      problem: 'There are several `--`, so it is unclear where the second command begins.',
      hint: "Quote a command that holds one: perf-gate compare -- 'npm run a -- --fast' -- 'npm run b'",
    });
  return [scriptOf(words.slice(0, at), example), scriptOf(words.slice(at + 1), example)];
}

function askedIn(unit: string, threshold: Amount | undefined, margin: number | undefined): Duel['asked'] {
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
    problem: `The threshold “${amountText(asked)}” is not in a unit of what is measured (${unit}).`,
    hint: `Give per cent or ${unit}: --threshold 5%, --threshold 10${unit}.`,
  });
}

/** The first and the last look, by default the ordinary ones. @throws usage: so few runs that none can be significant */
function runsOf(given: number | undefined, mostGiven: number | undefined): Duel['runs'] {
  const most = mostGiven ?? Math.max(ordinaryRuns.last, given ?? ordinaryRuns.first);
  const first = given ?? Math.min(ordinaryRuns.first, most);
  const answer = reachable({
    test: 'mann_whitney',
    first,
    last: most,
    alpha: 0.05,
    rules: newestRules,
  });
  const needed = answer.needed_runs;
  if (first <= most && first >= 3 && answer.ok) return { first, most };
  throw failure('usage', {
    problem:
      first > most ? `--runs ${first} is more than --max-runs ${most}.` : `${first} to ${most} runs can never decide.`,
    hint: `Leave both out (${ordinaryRuns.first} to ${ordinaryRuns.last}), or give at least --runs ${Math.max(3, Math.min(first, needed))} --max-runs ${Math.max(needed, first)}.`,
  });
}
