import { failure } from '../core/errors.ts';
import { amountOf, marginOf, mustBeOneQuestion } from './amounts.ts';
import type { AmountGiven, Subject, Surroundings } from './asked.ts';
import { mustBeWithin, seconds } from './given.ts';
import type { Verdict } from './judge.ts';
import { type Measurable, measurable } from './subject.ts';
import { raise } from './words.ts';
import { worldOf } from './world.ts';

/**
 * The threshold or the margin for the candidate, and the options of the measurement. Without `threshold` and `noWorseThan`, the candidate
 * must be at least 5 % better.
 */
export type CompareQuestion = Surroundings & {
  /** How much better the candidate must be: `'10%'`, `'10ms'`. */
  threshold?: AmountGiven;
  /**
   * Replaces the question “is it better?”: asks whether the candidate is at most this many per cent worse. An equal or better candidate
   * passes too.
   */
  noWorseThan?: AmountGiven;
  /**
   * `runs`: the number of executions of each subject before the first judgement; default 5. `maxRuns`: the largest number of executions of
   * each subject in a session; default 22.
   */
  runs?: number;
  maxRuns?: number;
  /** Seconds after which an execution counts as failed; default 300. */
  timeoutSeconds?: number;
  /** The folder in which relative module paths begin; default: `cwd`. */
  moduleFolder?: string;
};

/** Options of the measurement in an assertion. */
export type How = Pick<CompareQuestion, 'runs' | 'maxRuns' | 'timeoutSeconds' | 'signal' | 'cwd'>;

/** The main fields of the JSON object that `perf-gate compare --json -- A -- B` prints. `samples`: the samples of the deciding session. */
export type CompareResult = {
  verdict: Verdict;
  /** The reasons, as `code: sentence`. */
  reasons: string[];
  base: string;
  candidate: string;
  samples: { base: number[]; candidate: number[] } | null;
  /** The effect on the metric; null if the samples could not be judged. */
  primary: { improvement_pct: number | null; ci95_pct: [number | null, number | null] | null } | null;
  warnings: string[];
};

/**
 * Executes both subjects in turn and judges the candidate. Each execution is a new process. If the candidate passes the first session, a
 * second session follows, and only the second session counts. Holds the machine's measurement lock, so that no other perf-gate process
 * measures at the same time. Leaves no record.
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

/** The metric by which the two subjects are compared. @throws usage: the metrics differ */
function metricOf(base: Measurable, candidate: Measurable) {
  if (base.printed !== candidate.printed)
    throw failure('usage', {
      problem: `The base and the candidate have different metrics: ${base.printed ?? 'wall time'} and ${candidate.printed ?? 'wall time'}.`,
      hint: 'Compare two commands by the same metric, or compare two functions.',
    });
  if (base.printed === null) return 'wall' as const;
  return { name: base.printed, unit: base.unit, source: { stdout: 'metric' as const, key: base.printed } };
}
