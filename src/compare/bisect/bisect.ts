import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';
import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { oneLine } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import type { Made, Unprepared } from '../../experiment/arms.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { type RepoSetup, sessionPlan, temporarySetup } from '../../experiment/setup.ts';
import { lineOfCommits, namesOf } from '../../git/line.ts';
import { type Repo, resolveCommit } from '../../git/repo.ts';
import type { Fault } from '../../measure/sessions/fault.ts';
import { runRounds } from '../../measure/sessions/rounds.ts';
import { answerOf } from '../../report/answer.ts';
import { resumedText, turnsText } from '../../report/bisection.ts';
import { type ComparedCommits, compareCommits } from '../commits.ts';
import { askingNoWorse } from '../no-worse.ts';
import { type Arms, armsOf } from './arms.ts';
import { benchmarkTree } from './benchmark.ts';
import { type Course, courseOf } from './course.ts';
import { keptLines } from './kept-lines.ts';
import type { Step, Why } from './search.ts';

export type Bisection = {
  /** The ids of the commits, from the good one to the bad one. */
  line: string[];
  outcome: 'found' | Why;
  /**
   * How much worse the bad commit is than the good one, in per cent. Negative if the bad commit is better. Null if the commits do not
   * differ clearly.
   */
  change_pct: number | null;
  /**
   * The commits after `after`, up to and including `upTo`, among which the search located the change. `chance`: the probability that one of
   * them made the change, as computed before the verdict. Null without a verdict.
   */
  part: { after: number; upTo: number; chance: number } | null;
  /** The verdict on the commits `after` and `upTo`, from new samples. */
  compared: ComparedCommits | null;
  /** Commits that could not be measured. */
  left_out: { at: number; why: string }[];
  /** The number of executions in the search and in the verdicts, including warm-ups. */
  executions: number;
};

export type Asked = { good: string; bad: string; contract: Contract };

/**
 * Finds the commit that made a metric worse. Each round executes the good commit, and other commits that the search chooses from the
 * samples so far. When the change is probably in one commit, perf-gate compares this commit with the commit before it, and takes new
 * samples for this comparison.
 * @throws unknown_revision, not_in_line, contract_invalid, interrupted, and the errors of a session
 * @throws command_failed: the good or the bad commit cannot be executed
 */
export async function bisect(repo: Repo, world: World, asked: Asked): Promise<Bisection> {
  const contract = forSpeedAlone(asked.contract);
  const [good, bad] = [await resolveCommit(repo, asked.good), await resolveCommit(repo, asked.bad)];
  const line = await lineOfCommits(repo, good, bad);
  const benchmark = await benchmarkTree(repo, { good, bad, patterns: contract.guards.protected });
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'compare', `${good}..${bad}`);
  try {
    const same = [KEPT, ...line, benchmark, hashContract(contract), setup.instrument.method];
    const kept = keptLines(repo.project, sha256(JSON.stringify(same)));
    const found = await searched(repo, setup, { line, benchmark, course: courseOf(line.length - 1, kept) });
    kept.forget();
    return found;
  } finally {
    leave();
  }
}

/** The format version of the file that keeps the results of an interrupted bisection. */
const KEPT = 1;

/**
 * Removes the guards `correctness` and `same_output` and the watchdogs from the contract. The reason: old commits can fail tests or print
 * other output, and a bisection judges only the primary metric.
 */
function forSpeedAlone(contract: Contract): Contract {
  const { correctness: _, same_output: __, ...guards } = contract.guards;
  const metrics = { ...contract.metrics, watchdogs: [] };
  return { ...contract, isolation: 'worktree', guards, metrics };
}

type Line = { line: string[]; benchmark: string; course: Course };

async function searched(repo: Repo, setup: RepoSetup, { line, benchmark, course }: Line): Promise<Bisection> {
  const last = line.length - 1;
  const { searching } = course;
  const arms = armsOf(repo, setup, line, benchmark);
  const names = await namesOf(repo, line);
  const name = (at: number) => names.get(line[at]!)!;
  const note = (text: string) => setup.world.notify({ kind: 'note', text });
  let compared: ComparedCommits | null = null;
  if (course.resumed > 0) note(resumedText(course.resumed));
  for (;;) {
    const step = searching.next();
    if (step.do === 'measure') {
      const likeliest = searching.likeliest();
      note(
        turnsText(
          step.at.filter((at) => !likeliest || at > 0).map(name),
          likeliest && { commit: name(likeliest.at), chance: likeliest.chance },
        ),
      );
      const ready = await arms.of(step.at);
      if (!Array.isArray(ready)) {
        if (isEnd(ready.at, last)) throw endFailed(line, ready.at, ready.failed);
        course.learn({ left: ready.at, why: `its ${ready.failed.what} failed: ${ready.failed.reason}`, executions: 0 });
        continue;
      }
      const failed = await measured(setup, { step, arms, ready, course });
      if (!failed) continue;
      const { at, fault, executions } = failed;
      if (isEnd(at, last)) throw endFailed(line, at, ofFault(setup.contract, fault));
      course.learn({ left: at, why: fault.reason, executions });
      continue;
    }
    const seen = { line, change_pct: searching.change_pct(), left_out: course.left_out() };
    if (step.do === 'stop')
      return { ...seen, outcome: step.why, part: course.suspected(), compared, executions: course.executions() };
    note(`Comparing the suspected commit with the commit before it, using new samples: ${oneLine(name(step.upTo))}.`);
    const { after, upTo, chance } = step;
    compared = await compareCommits(repo, setup.world, {
      base: line[after]!,
      saved: null,
      head: line[upTo]!,
      benchmark,
      contract: askingNoWorse(setup.contract, roundedUp(step.margin_pct), 'contract'),
    });
    const executions = ofVerdict(compared);
    if (answerOf(compared.comparison, compared.comparison.contract) === 'regressed') {
      const part = { after, upTo, chance };
      return { ...seen, outcome: 'found', part, compared, executions: course.executions() + executions };
    }
    course.learn({ not_confirmed: { after, up_to: upTo, chance }, executions });
  }
}

const isEnd = (at: number, last: number) => at === 0 || at === last;

const ofVerdict = ({ comparison: { sessions } }: ComparedCommits) =>
  (sessions.screen?.executions ?? 0) + (sessions.confirmation?.executions ?? 0);

/** Rounds a margin in per cent up to one decimal, and to at least 0.1. */
const roundedUp = (pct: number) => Math.max(0.1, Math.ceil(10 * pct) / 10);

type Failed = Omit<Unprepared, 'what'> & { what: string };

const ofFault = ({ repro }: Contract, { reason, stderr }: Fault): Failed => ({
  what: 'repro',
  command: repro.script,
  reason,
  output: stderr,
});

/** The error for a good or a bad commit that cannot be measured. A bisection needs samples of both commits. */
function endFailed(line: readonly string[], at: number, { what, ...failed }: Failed) {
  const commit = line[at]!.slice(0, 10);
  return at === 0
    ? failure('command_failed', {
        ...failed,
        what: `${what} of the good commit ${commit}`,
        way_on:
          'Name a later good commit. If only the benchmark is missing in this commit, list the benchmark’s files in guards.protected. All commits are then measured with the same files.',
      })
    : failure('command_failed', {
        ...failed,
        what: `${what} of the bad commit ${commit}`,
        way_on: 'Name an earlier bad commit.',
      });
}

type Measuring = {
  step: Extract<Step, { do: 'measure' }>;
  arms: Arms;
  ready: readonly Made[];
  course: Course;
};

/** The commit whose execution failed, and the number of executions since the last completed round. */
type FailedAt = { at: number; fault: Fault; executions: number };

/** Repeats rounds of the same commits until the search needs other commits, or an execution fails. */
async function measured(setup: RepoSetup, { step, arms, ready, course }: Measuring): Promise<FailedAt | null> {
  const { contract, world, instrument, seed } = setup;
  const { name, lower_is_better } = contract.metrics.primary;
  let executions = 0;
  let failed: FailedAt | null = null;
  let round: { at: number; log: number }[] = [];
  const plan = sessionPlan(contract, { id: 'bisect', seed: `${seed}/${step.at.join()}`, looks: [] });
  const what = `commits ${step.at.join(', ')} of ${setup.project}`;
  const warm = step.at.flatMap((at, i) => (arms.warm.has(at) ? [i] : []));
  const ended = await withMeasurementLock(world, what, () =>
    runRounds(
      { ...plan, warm },
      ready,
      { instrument, clock: world.clock, signal: world.signal },
      {
        on(i, taken) {
          executions += 1;
          const at = step.at[i]!;
          if ('code' in taken) {
            failed = { at, fault: taken, executions };
            return 'stop';
          }
          arms.warm.add(at);
          if (!taken.warmup) round.push({ at, log: logOf(taken.metrics[name]!, lower_is_better) });
          return 'continue';
        },
        next(_, present) {
          course.learn({ round, executions });
          round = [];
          executions = 0;
          const next = course.searching.next();
          return next.do === 'measure' && next.at.join() === step.at.join() ? present : [];
        },
      },
    ),
  );
  if (ended.state === 'aborted') throw failure('interrupted');
  return failed;
}

/**
 * The logarithm of a sample, negated if larger samples are better, so that a larger result is always worse.
 * @throws usage: the metric is not positive
 */
function logOf(value: number, lower_is_better: boolean): number {
  if (value > 0) return lower_is_better ? Math.log(value) : -Math.log(value);
  throw failure('usage', {
    problem: `The metric was ${value}, and a bisection needs positive values.`,
    hint: 'Choose another metric in the contract.',
  });
}
