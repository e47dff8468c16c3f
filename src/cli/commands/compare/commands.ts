import type { Contest } from '../../../compare/commands.ts';
import { askedIn, runsOf } from '../../../compare/contest.ts';
import { failure } from '../../../core/errors.ts';
import { oneOf } from '../../../core/text.ts';
import type { Entrant } from '../../../experiment/lineup.ts';
import { unitOf } from '../../../measure/sources/sources.ts';
import { namesOfferedBy } from '../../../measure/sources/spelling.ts';
import { ordinaryRuns } from '../../../stats/looks.ts';
import type { Values } from '../../command.ts';
import { amount, choice, flag, lettered, number, under } from '../../options.ts';
import { entrantOptions, entrantsOf } from '../measure/entrants.ts';
import { exportFilesOf, exportOptions } from '../measure/export-files.ts';
import { mustStandApart } from '../measure/measure.ts';
import { executionOf, executionOptions } from '../measure/request.ts';

const example = 'perf-gate compare -- sleep 0.2 -- sleep 0.1';

const bounds = { least: 1, most: 1000, whole: true } as const;

const primaries = namesOfferedBy('compare');

/** The options of `compare -- A -- B`. */
export const commandOptions = {
  '--threshold <amount>': amount('how much better: 5% or 10ms (default 5%)'),
  '--metric <metric>': choice(oneOf(primaries), primaries),
  '--runs <n>': lettered('r', number(`runs of each command until the first judgement (${ordinaryRuns.first})`, bounds)),
  '--max-runs <n>': lettered('M', number(`the most runs of each command per session (${ordinaryRuns.last})`, bounds)),
  '--same-output': flag('all commands must print the same output'),
  ...under('hidden', { '--primary <metric>': choice('the same as --metric', primaries) }),
  ...executionOptions,
  ...under('Further options, as in hyperfine:', { ...entrantOptions, ...exportOptions }),
};

type Given = Values<typeof commandOptions> & { noWorseThan: number | undefined };

/** Whether the words are commands. If not, they are two commits. */
export function areCommands(words: readonly string[], given: Partial<Given>): boolean {
  const { parameterList = [], parameterScan = [], reference } = given;
  const isScript = /\s/.test(words[0] ?? '') && !/[@^]\{|:\//.test(words[0]!);
  return words.includes('--') || isScript || parameterList.length + parameterScan.length > 0 || reference !== undefined;
}

/** The commands to compare, how to execute them, and the files for exports. @throws usage */
export function parseCommands(words: string[], { noWorseThan: margin, ...given }: Given) {
  const { primary = 'wall', metric = primary, threshold, runs, maxRuns, sameOutput, ...execution } = given;
  const entrants = entrantsOf(words, execution, example);
  if (entrants.length < 2)
    throw failure('usage', { problem: 'One command alone cannot be compared.', hint: `Give another: ${example}` });
  mustStandApart(entrants, 'or use `perf-gate measure --sequential`, which measures the commands one after the other');
  const contest: Contest = {
    entrants: entrants as [Entrant, ...Entrant[]],
    primary: metric,
    asked: askedIn(unitOf(metric), threshold, margin),
    runs: runsOf({ given: runs, mostGiven: maxRuns, comparisons: entrants.length - 1 }),
    execution: executionOf(execution),
    sameOutput,
    kept: true,
  };
  return { contest, files: exportFilesOf(execution) };
}
