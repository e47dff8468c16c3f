import { compareCommands, type Duel, unitOfPrimary } from '../../../compare/commands.ts';
import { failure } from '../../../core/errors.ts';
import { areAlike, convert } from '../../../core/units.ts';
import { reachable } from '../../../stats/reachable.ts';
import type { Rule } from '../../../stats/rule.ts';
import type { Options, Tools } from '../../command.ts';
import { choiceOf, numberOf, textOf } from '../../options.ts';
import { parseThreshold } from '../../threshold.ts';
import { executionOf, scriptOf } from '../measure/request.ts';
import type { Told } from './tell.ts';

const example = 'perf-gate compare -- sleep 0.2 -- sleep 0.1';

/** `compare -- A -- B`. Throws `usage`. */
export async function betweenCommands(words: string[], options: Options, tools: Tools): Promise<Told> {
  const [base, candidate] = split(words);
  const primary = choiceOf(options, 'primary', ['wall', 'cpu', 'max_rss']);
  const made = await compareCommands(tools, {
    base,
    candidate,
    primary,
    threshold: thresholdIn(unitOfPrimary(primary), textOf(options, 'threshold') ?? '5%'),
    runs: runsOf(options),
    execution: executionOf(options),
    sameOutput: options.sameOutput === true,
  });
  const names = { base, candidate };
  return { names, facts: names, contract: made.contract, contested: made, notes: [] };
}

/** The first `--` was the command line's; the next one stands between the commands. */
function split(words: string[]): [string, string] {
  const at = words.indexOf('--');
  if (at !== words.lastIndexOf('--'))
    throw failure('usage', {
      problem: 'It cannot be told where the second command begins: there are several `--`.',
      hint: "Quote a command that holds one: perf-gate compare -- 'npm run a -- --fast' -- 'npm run b'",
    });
  return [scriptOf(words.slice(0, at), example), scriptOf(words.slice(at + 1), example)];
}

function thresholdIn(unit: string, text: string): Rule['threshold'] {
  const asked = parseThreshold(text);
  const least = { pct_min: 0, absolute_min: 0, significance_required: true };
  if (asked.kind === 'pct') return { ...least, type: 'pct', pct_min: asked.value };
  const from = asked.unit || unit;
  if (areAlike(from, unit)) return { ...least, type: 'absolute', absolute_min: convert(asked.value, from, unit) };
  throw failure('usage', {
    problem: `The threshold “${text}” is not in a unit of what is measured (${unit}).`,
    hint: `Give per cent or ${unit}: --threshold 5%, --threshold 10${unit}.`,
  });
}

/** Looks at 8, 14 and 20 runs unless told otherwise; fewer than can ever be significant are refused. */
function runsOf(options: Options): Duel['runs'] {
  const bounds = { least: 1, most: 1000, whole: true } as const;
  const given = numberOf(options, 'runs', { ...bounds, otherwise: null });
  const most = numberOf(options, 'maxRuns', { ...bounds, otherwise: Math.max(20, given ?? 8) });
  const first = given ?? Math.min(8, most);
  const answer = reachable({ test: 'mann_whitney', measurement_runs: first, max_runs: most, alpha: 0.05 });
  const needed = answer.needed_runs;
  if (first <= most && first >= 3 && answer.ok) return { first, most };
  throw failure('usage', {
    problem:
      first > most ? `--runs ${first} is more than --max-runs ${most}.` : `${first} to ${most} runs can never decide.`,
    hint: `Leave both out (8 to 20), or give at least --runs ${Math.max(3, Math.min(first, needed))} --max-runs ${Math.max(needed, first)}.`,
  });
}
