import { failure } from '../core/errors.ts';
import { amountOf, marginOf, mustBeOneQuestion } from './amounts.ts';
import type { AmountGiven, Subject, Surroundings } from './asked.ts';
import { mustBeWithin, seconds } from './given.ts';
import type { Verdict } from './judge.ts';
import { type Measurable, measurable } from './subject.ts';
import { raise } from './words.ts';
import { worldOf } from './world.ts';

/** What is asked of the candidate. Without `threshold` and `noWorseThan`: is it at least 5 % better? */
export type CompareQuestion = Surroundings & {
  /** How much better the candidate must be: `'10%'`, `'10ms'`. */
  threshold?: AmountGiven;
  /** Asks the other question: is the candidate worse by less than this many per cent? */
  noWorseThan?: AmountGiven;
  /** Executions of each until the first look, and at most in a session: 5 and 22 unless given. */
  runs?: number;
  maxRuns?: number;
  /** When an execution counts as failed; 300 unless given. */
  timeoutSeconds?: number;
  /** Where relative paths of modules begin; `cwd` unless given. */
  moduleFolder?: string;
};

/** How it is measured, where the ordinary way does not do. */
export type How = Pick<CompareQuestion, 'runs' | 'maxRuns' | 'timeoutSeconds' | 'signal' | 'cwd'>;

/** What `perf-gate compare --json -- A -- B` prints. `samples` are those of the session that decided. */
export type CompareResult = {
  verdict: Verdict;
  /** Why, as `code: sentence`. */
  reasons: string[];
  base: string;
  candidate: string;
  samples: { base: number[]; candidate: number[] } | null;
  /** The effect on the metric; null where nothing could be judged. */
  primary: { improvement_pct: number | null; ci95_pct: [number | null, number | null] | null } | null;
  warnings: string[];
};

/**
 * Executes both in turn, each time in a process of its own, and judges: a passed session is repeated, and only the second counts. No other
 * process measures on this machine meanwhile. Leaves no record.
 * @throws PerfGateError: usage, function_given, command_failed (the base fails), interrupted
 */
export const compare = (base: Subject, candidate: Subject, question: CompareQuestion = {}): Promise<CompareResult> =>
  compared(base, candidate, question).catch(raise);

async function compared(base: Subject, candidate: Subject, question: CompareQuestion): Promise<CompareResult> {
  const { threshold, noWorseThan, runs, maxRuns, timeoutSeconds = 300 } = question;
  mustBeOneQuestion(threshold, noWorseThan);
  mustBeWithin({ least: 1, most: 1000, whole: true }, { runs, maxRuns });
  mustBeWithin(seconds, { timeoutSeconds });
  const world = worldOf(question);
  const folder = question.moduleFolder ?? world.cwd;
  const [first, second] = [measurable(base, folder), measurable(candidate, folder)];
  const { askedIn, runsOf } = await import('../compare/contest.ts');
  const { compareCommands } = await import('../compare/commands.ts');
  const { shownComparison } = await import('../compare/shown.ts');
  const primary = metricOf(first, second);
  const unit = typeof primary === 'string' ? 'ms' : primary.unit;
  const contests = await compareCommands(world, {
    entrants: [entrantOf(first), entrantOf(second)],
    primary,
    asked: askedIn(unit, amountOf(threshold), marginOf(noWorseThan)),
    runs: runsOf({ given: runs, mostGiven: maxRuns, comparisons: 1 }),
    execution: { shell: 'auto', warmup: 1, timeout_s: timeoutSeconds, exits: [] },
    sameOutput: false,
    kept: false,
  });
  const [{ comparison, kept }] = contests.compared;
  const { primary: effect, samples, verdict, reasons, warnings } = shownComparison(comparison, kept);
  return { verdict, reasons, base: first.name, candidate: second.name, samples, primary: effect, warnings };
}

const entrantOf = ({ name, script }: Measurable) => ({ name, script, parameters: {} });

/** @throws usage: they are measured by different figures */
function metricOf(base: Measurable, candidate: Measurable) {
  if (base.printed !== candidate.printed)
    throw failure('usage', {
      problem: `The base is measured by ${base.printed ?? 'its wall time'}, the candidate by ${candidate.printed ?? 'its wall time'}.`,
      hint: 'Compare two commands by one metric, or two functions.',
    });
  if (base.printed === null) return 'wall' as const;
  return { name: base.printed, unit: base.unit, source: { stdout: 'metric' as const, key: base.printed } };
}
