import { prepareRooms } from '../cage/room.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { isDeterministic } from '../contract/schema/metrics.ts';
import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import type { World } from '../core/world.ts';
import { frozenCopy, makeArm, mustBeReady, runInArm } from '../experiment/arms.ts';
import { armsFolder, handOver } from '../experiment/arms-folder.ts';
import { isClosed } from '../experiment/closed-arms.ts';
import { difference } from '../experiment/guards.ts';
import { withMeasurementLock } from '../experiment/measurement-lock.ts';
import { tooNoisy } from '../experiment/noise.ts';
import { pointsForNoise } from '../experiment/points.ts';
import { problemText } from '../experiment/problem-text.ts';
import { ruleOf } from '../experiment/rule-of.ts';
import { looksOf, valuesOf } from '../experiment/session-judge.ts';
import { type Setup, sessionPlan, temporarySetup } from '../experiment/setup.ts';
import type { Repo } from '../git/repo.ts';
import { treeOf } from '../git/repo.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { runSession } from '../measure/sessions/session.ts';
import type { Preflight } from '../record/data.ts';
import { helps, resolvableText } from '../report/asked.ts';
import { forecast } from '../stats/forecast.ts';
import { resolvable } from '../stats/resolvable.ts';
import { samplesProblem } from '../stats/rule.ts';
import { doubts } from './doubts.ts';

/** The number of pilot executions: enough to estimate the spread, and few enough that a person can wait for them. */
const PILOT_RUNS = 5;
/** If an execution takes less time than this, in ms, the start of the program is a large part of it. */
const SHORT_MS = 20;

/** The copies of the project that a pre-flight made. The caller either passes them to a run with `handTo`, or removes them with `drop`. */
export type Copies = { handTo(run: string): void; drop(): void };

/** The results of a pre-flight, and the copies that it made. */
type Tried = { preflight: Preflight; copies: Copies };

/**
 * Tries a contract on a copy outside the project. The repro must exit with 0, its metrics must be observable, guarded output must be the
 * same in every execution, and the correctness command must pass. If the function throws, no copies remain. The spread of the pilot
 * executions determines the smallest detectable effect.
 * @throws command_failed, metric_unreadable, output_not_deterministic, interrupted
 */
export async function preflight(repo: Repo, world: World, contract: Contract): Promise<Tried> {
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'preflight', 'preflight');
  try {
    if (usesRooms(contract)) await prepareRooms(world.env, setup.trust);
    const tree = await treeOf(repo, 'HEAD');
    const arm = mustBeReady(await makeArm(setup, 'a', { frozen: await frozenCopy(setup, async () => tree), tree }));
    const samples = await withMeasurementLock(world, `pre-flight in ${repo.project}`, () => pilot(setup, arm));
    const { correctness } = contract.guards;
    const failed = correctness ? await runInArm(setup, arm, 'correctness', correctness) : undefined;
    if (failed) throw failure('command_failed', { ...failed, what: 'correctness command' });
    const handTo = (run: string) => {
      if (contract.isolation === 'copy') handOver(setup.folder, armsFolder(world.env, repo.project, run));
      leave();
    };
    const measured = samples.filter((s) => !s.warmup);
    const doubtful = await doubts(contract, measured, { clock: world.clock, cwd: arm.dir, env: arm.env });
    return { preflight: assess(contract, samples, doubtful), copies: { handTo, drop: leave } };
  } catch (error) {
    leave();
    throw error;
  }
}

async function pilot(setup: Setup, arm: Arm): Promise<Sample[]> {
  const { contract, world, redact } = setup;
  const { script } = contract.repro;
  const startedMs = world.clock.ms();
  const { name, unit } = contract.metrics.primary;
  const values = { base: [], candidate: [] as number[] };
  const plan = sessionPlan(contract, { id: 'preflight', seed: setup.seed, looks: [PILOT_RUNS] });
  // the output is compared even without a guard, because perf-gate proposes the guard if the output is always the same
  const session = await runSession(
    { ...plan, ...(isCompared(contract) ? { same_output: contract.guards.same_output ?? true } : {}) },
    { base: null, candidate: arm },
    { instrument: setup.instrument, clock: world.clock, signal: world.signal },
    {
      already: [],
      decide: () => 'continue',
      onSample(sample) {
        if (!sample.warmup) values.candidate.push(sample.metrics[name]!);
        return 'continue';
      },
      onProgress: ({ done, total }) =>
        world.notify({
          kind: 'progress',
          label: 'pre-flight',
          done,
          next: total,
          total,
          values,
          unit,
          started_ms: startedMs,
        }),
    },
  );
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run') {
    const { reason, stderr, code } = session;
    if (code === 'metric_missing' || code === 'metric_twice')
      throw failure('metric_unreadable', { reason: redact(reason), script });
    throw failure('command_failed', { what: 'repro', command: script, reason: redact(reason), output: redact(stderr) });
  }
  const [first, ...others] = session.samples.map((s) => s.output);
  const odd = first && others.find((output) => output!.digest !== first.digest);
  if (odd && contract.guards.same_output !== undefined) {
    const { expected, found } = difference(first, odd, redact);
    throw failure('output_not_deterministic', { what: `“${expected}” and “${found}”` });
  }
  return session.samples;
}

/**
 * Whether the outputs of the pilot executions are compared. The output of a load generator is not compared, because the generator prints
 * its own measurements.
 */
const isCompared = ({ guards, repro }: Contract) => guards.same_output !== undefined || !repro.load;

function outputOf({ guards }: Contract, samples: readonly Sample[]): Preflight['output'] {
  if (guards.same_output !== undefined) return 'agrees';
  if (!samples.some(({ output }) => output?.preview.trim())) return 'not compared';
  return new Set(samples.map(({ output }) => output?.digest)).size === 1 ? 'same' : 'varies';
}

/** Warns about a contract without a correctness or output guard, because a program that omits its work would pass as a fast one. */
function unguarded({ guards, repro }: Contract): string[] {
  if (guards.same_output !== undefined || guards.correctness !== undefined) return [];
  const guard = repro.load ? '`guards.correctness`' : '`guards.same_output` or `guards.correctness`';
  return [`nothing checks the program’s output, so a change that omits work would pass too: set ${guard}`];
}

function assess(contract: Contract, samples: Sample[], doubtful: string[]): Preflight {
  const { primary, watchdogs } = contract.metrics;
  const measured = samples.filter((s) => !s.warmup);
  const values = valuesOf(samples, primary.name).candidate;
  const seconds = measured.reduce((sum, s) => sum + s.wall_ms, 0) / measured.length / 1000;
  const test = contract.significance.test === 'auto' ? 'mann_whitney' : contract.significance.test;
  const rule = ruleOf(contract, test);
  const problem = samplesProblem(values, values, rule);
  if (problem)
    throw failure('metric_unreadable', {
      reason: `${primary.name} cannot be judged: ${problemText(problem)}`,
      script: contract.repro.script,
    });
  const pilot = { base: values, candidate: values, rule, confirm: contract.confirm };
  const looks = looksOf(contract, test, pointsForNoise(contract, { ...pilot, seconds }));
  const seen = resolvable({ ...pilot, looks });
  const exact = isExact(contract);
  const discarded = Math.max(1, contract.repro.warmup_runs);
  const executions = 2 * ((exact ? 2 : looks.at(-1)!.n) + discarded) * (contract.confirm && !exact ? 2 : 1);
  const minutes = (executions * seconds) / 60;
  return {
    contract_hash: hashContract(contract),
    runs: samples.length,
    observed: Object.fromEntries([primary, ...watchdogs].map((m) => [m.name, measured.at(-1)!.metrics[m.name]!])),
    seconds_per_run: seconds,
    spread_pct: seen.noise_pct,
    resolvable_pct: seen.improvement_pct,
    output: outputOf(contract, samples),
    estimate: {
      executions_per_attempt: executions,
      minutes_per_attempt: minutes,
      minutes_in_all: minutes * contract.limits.max_attempts,
    },
    forecast: exact ? null : forecast({ ...pilot, looks, discarded }),
    warnings: [
      ...((primary.source === 'wall' || primary.source === 'undelayed_wall') && seconds * 1000 < SHORT_MS
        ? [
            `one execution takes ${(seconds * 1000).toFixed(1)} ms: repeat the workload inside the repro, so that it takes at least ${SHORT_MS} ms`,
          ]
        : []),
      ...(tooNoisy(contract, seen)
        ? [
            `the noise of the pilot runs hides the required effect (smallest detectable improvement: ${resolvableText(contract, seen)}). ${helps(contract)}`,
          ]
        : []),
      ...doubtful,
      ...unguarded(contract),
      ...(contract.threshold.significance_required ? [] : ['significance is not required: the estimate alone decides']),
    ],
  };
}

/** Whether every metric is exact, so that every execution gives the same samples. */
const isExact = ({ metrics: { primary, watchdogs } }: Contract) =>
  isDeterministic(primary) && watchdogs.every(isDeterministic);

/** Whether a verdict of the run can need a closed room. An exact metric needs no confirmation, and so no closed room. */
const usesRooms = (contract: Contract) =>
  isClosed(contract, 'screen') || (isClosed(contract, 'confirmation') && contract.confirm && !isExact(contract));
