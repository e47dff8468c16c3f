import { describeEnvironment, type Environment } from '../environment/environment.ts';
import type { Tools } from '../instruments/instrument.ts';
import type { ArmName, Arms } from './arm.ts';
import { usesShell } from './command.ts';
import { requireCounters } from './count.ts';
import { executor } from './execute-steps.ts';
import type { Fault } from './fault.ts';
import { fitFor } from './fit.ts';
import { comparer } from './output.ts';
import { type SessionPlan, type Step, stepsOf } from './plan.ts';
import { type Pair, pairUp, type Sample } from './sample.ts';
import { measureShell, type ShellCost } from './shell-cost.ts';
import { type Footprint, followTurns } from './turns.ts';

/**
 * The progress of a session: the number of executions so far (`done`), their largest possible number (`total`), and the metrics of the
 * latest sample.
 */
export type Progress = { done: number; total: number; arm: ArmName; warmup: boolean; metrics: Record<string, number> };

/** Existing samples, and callbacks by which the caller of a session records new samples and decides when to stop. */
export type Hooks = {
  /** Samples that already exist: the earlier samples of a continued session, and samples of an arm that this session does not measure. */
  already: readonly Sample[];
  /** Called at each look except the last, with all measured samples so far, without warm-ups. */
  decide(samples: readonly Sample[]): 'continue' | 'stop';
  /**
   * Called with every sample of the session, before the next execution. `fresh`: whether the sample is new. The caller must record only new
   * samples. If the callback returns 'stop', the session ends, for example because a wrong output makes further measurement useless.
   */
  onSample(sample: Sample, fresh: boolean): 'continue' | 'stop';
  /** Called between executions, never during an execution. */
  onProgress(progress: Progress): void;
};

/** How a session ended. A single failed execution ends the session, because it gives no valid sample. */
export type SessionResult =
  | { state: 'complete'; pairs: Pair[]; samples: Sample[]; environment: Environment; footprint: Footprint }
  | ({ state: 'failed_run'; arm: ArmName; samples: Sample[]; footprint: Footprint } & Fault)
  | { state: 'aborted'; samples: Sample[] };

/**
 * Executes the plan on the arms: first warm-ups, then pairs. Ends when `decide` or `onSample` returns 'stop', or at the last look. If
 * `already` has samples of this session, the session continues after them in the same order, and only warm-ups are executed again.
 * @throws `no_instrument`: the instrument cannot measure a metric; `no_counter`: a counter does not work on this machine;
 * `cpus_unsupported` and `cpus_unavailable`: the command cannot be pinned; `instrument_changed` and `tree_method_changed`: the given
 * samples were measured by another method.
 */
export async function runSession(plan: SessionPlan, arms: Arms, given: Tools, hooks: Hooks): Promise<SessionResult> {
  const present = (['base', 'candidate'] as const).filter((arm) => arms[arm] !== null);
  const tools = await fitFor(plan, { ...given, arms: present.map((name) => arms[name]!), already: hooks.already });
  const steps = stepsOf(plan, present);
  const taken = new Map(hooks.already.filter((s) => s.session === plan.id).map((s) => [s.index, s]));
  const samples = hooks.already.filter((s) => s.session !== plan.id);
  const turns = followTurns(arms);
  const environment = describeEnvironment();
  const toTake = steps.filter((step) => !taken.has(step.index));
  if (toTake.length > 0) await requireCounters(plan.metrics, arms[toTake[0]!.arm]!.env);
  const shellCost = await shellOf(plan, arms, { ...hooks, tools });
  if (shellCost === undefined) return { state: 'aborted', samples };
  const execution = executor(plan, arms, { ...tools, shellCost, turns, compare: comparer() });
  try {
    for (const step of steps) {
      const sample = taken.get(step.index) ?? (await execution.take(step));
      if (sample === undefined) return { state: 'aborted', samples };
      if ('code' in sample)
        return { state: 'failed_run', arm: step.arm, samples, ...sample, footprint: await execution.leave() };
      samples.push(sample);
      const goOn = hooks.onSample(sample, !taken.has(step.index));
      hooks.onProgress({
        done: step.index + 1,
        total: steps.length,
        arm: step.arm,
        warmup: step.warmup,
        metrics: sample.metrics,
      });
      if (goOn === 'stop') break;
      if (!step.warmup && isLook(plan, { samples, present, step })) {
        if (hooks.decide(samples.filter((s) => !s.warmup)) === 'stop') break;
      }
    }
    const ended = { pairs: pairUp(samples), samples, environment: environment.end() };
    return { state: 'complete', ...ended, footprint: await execution.leave() };
  } finally {
    await execution.stopService();
  }
}

/**
 * The time that the shell itself takes. Null if no script needs a shell. Undefined when aborted. This time is measured only once per
 * session, or taken from existing samples of a continued session, so that the same time is subtracted from all samples of both arms.
 */
async function shellOf(
  plan: SessionPlan,
  arms: Arms,
  { already, tools }: Pick<Hooks, 'already'> & { tools: Tools },
): Promise<ShellCost | null | undefined> {
  const { script, shell } = plan.command;
  const needsOne = (arm: ArmName) => usesShell(arms[arm]?.script ?? script, shell);
  const earlier = already.find((sample) => needsOne(sample.arm));
  if (earlier) return earlier.shell_ms ?? null;
  const arm = (['base', 'candidate'] as const).find((name) => arms[name] && needsOne(name));
  return arm ? measureShell(plan, arms[arm]!, tools) : null;
}

/** Whether `decide` is called after this step. False at the last look, because the session always ends there. */
export function isLook(
  plan: Pick<SessionPlan, 'id' | 'looks'>,
  now: { samples: readonly Sample[]; present: readonly ArmName[]; step: Step },
): boolean {
  const counts = now.present.map(
    (arm) => now.samples.filter((s) => s.session === plan.id && s.arm === arm && !s.warmup).length,
  );
  return Math.min(...counts) === now.step.pair && plan.looks.slice(0, -1).includes(now.step.pair);
}
