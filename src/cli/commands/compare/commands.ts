import { type Contest, shareOf } from '../../../compare/commands.ts';
import { noWorseThan } from '../../../compare/no-worse.ts';
import { failure } from '../../../core/errors.ts';
import { oneOf } from '../../../core/text.ts';
import { areAlike, convert } from '../../../core/units.ts';
import type { Entrant } from '../../../experiment/lineup.ts';
import { unitOf } from '../../../measure/sources/sources.ts';
import { namesOfferedBy } from '../../../measure/sources/spelling.ts';
import { ordinaryRuns } from '../../../stats/looks.ts';
import { reachable } from '../../../stats/reachable.ts';
import { newestRules, type Rule } from '../../../stats/rule.ts';
import { type Amount, amountText } from '../../amount.ts';
import type { Values } from '../../command.ts';
import { amount, choice, flag, lettered, number, under } from '../../options.ts';
import { entrantOptions, entrantsOf } from '../measure/entrants.ts';
import { exportFilesOf, exportOptions } from '../measure/export-files.ts';
import { mustStandApart } from '../measure/measure.ts';
import { executionOf, executionOptions } from '../measure/request.ts';
import { noMargin, twoQuestions } from '../no-worse-than.ts';

const example = 'perf-gate compare -- sleep 0.2 -- sleep 0.1';

const bounds = { least: 1, most: 1000, whole: true } as const;

const primaries = namesOfferedBy('compare');

/** The options of `compare -- A -- B`. */
export const commandOptions = {
  '--threshold <amount>': amount('how much better: 5% or 10ms (default 5%)'),
  '--metric <metric>': choice(oneOf(primaries), primaries),
  '--runs <n>': lettered('r', number(`runs of each until the first look (${ordinaryRuns.first})`, bounds)),
  '--max-runs <n>': lettered('M', number(`most runs of each in a session (${ordinaryRuns.last})`, bounds)),
  '--same-output': flag('all must print the same'),
  ...under('hidden', { '--primary <metric>': choice('the same as --metric', primaries) }),
  ...executionOptions,
  ...under('Around the runs, as in hyperfine:', { ...entrantOptions, ...exportOptions }),
};

type Given = Values<typeof commandOptions> & { noWorseThan: number | undefined };

const fivePercent: Amount = { kind: 'pct', value: 5 };

/** Whether words stand for commands, and not for two commits. */
export function areCommands(words: readonly string[], given: Partial<Given>): boolean {
  const { parameterList = [], parameterScan = [], reference } = given;
  const isScript = /\s/.test(words[0] ?? '') && !/[@^]\{|:\//.test(words[0]!);
  return words.includes('--') || isScript || parameterList.length + parameterScan.length > 0 || reference !== undefined;
}

/** What is compared, and how. @throws usage */
export function parseCommands(words: string[], { noWorseThan: margin, ...given }: Given) {
  const { primary = 'wall', metric = primary, threshold, runs, maxRuns, sameOutput, ...execution } = given;
  const entrants = entrantsOf(words, execution, example);
  if (entrants.length < 2)
    throw failure('usage', { problem: 'One command is compared with nothing.', hint: `Give another: ${example}` });
  mustStandApart(entrants, 'or measure them one after the other: perf-gate measure --sequential');
  const contest: Contest = {
    entrants: entrants as [Entrant, ...Entrant[]],
    primary: metric,
    asked: askedIn(unitOf(metric), threshold, margin),
    runs: runsOf({ given: runs, mostGiven: maxRuns, comparisons: entrants.length - 1 }),
    execution: executionOf(execution),
    sameOutput,
  };
  return { contest, files: exportFilesOf(execution) };
}

function askedIn(unit: string, threshold: Amount | undefined, margin: number | undefined): Contest['asked'] {
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

type Runs = { given: number | undefined; mostGiven: number | undefined; comparisons: number };

/** The first and the last look, by default the ordinary ones. @throws usage: so few runs that none can be significant */
function runsOf({ given, mostGiven, comparisons }: Runs): Contest['runs'] {
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
      first > most ? `--runs ${first} is more than --max-runs ${most}.` : `${first} to ${most} runs can never decide.`,
    hint: `Leave both out (${ordinaryRuns.first} to ${ordinaryRuns.last}), or give at least --runs ${Math.max(3, Math.min(first, needed))} --max-runs ${Math.max(needed, first)}.`,
  });
}
