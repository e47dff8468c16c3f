import { appendSample, readSamples, samplesFile } from '../../artifact/samples.ts';
import { failure } from '../../core/errors.ts';
import type { Arm } from '../../measure/arm.ts';
import type { Environment } from '../../measure/environment.ts';
import { measurementLock } from '../../measure/measurement-lock.ts';
import type { Sample } from '../../measure/sample.ts';
import { runSession } from '../../measure/session.ts';
import type { Judgement } from '../../stats/judgement.ts';
import type { Look } from '../../stats/looks.ts';
import type { Test } from '../../stats/rule.ts';
import type { Decision } from '../../stats/sequential.ts';
import { type ArmReason, countsOf, courseOf, valuesOf } from './course.ts';
import type { SessionData } from './data.ts';
import type { Ground } from './ground.ts';
import { outputProblem } from './same-output.ts';
import { warningText } from './warnings.ts';

/** One measuring session. `base` null: its samples are those of an arm of an earlier session. */
export type Gate = {
  id: string;
  label: string;
  arms: { base: Arm | null; candidate: Arm };
  looks: readonly Look[];
  test: Test;
  /** False measures all the pairs, for a figure and not for a decision. */
  decides: boolean;
  baseFrom?: { session: string; arm: 'base' | 'candidate' };
};

export type GateResult = { data: SessionData; broken: ArmReason | null; environment: Environment | null };

/**
 * Measures two arms and judges them at each look, until the verdict is clear or the last look is reached. The samples are written
 * as they come; those that an interrupted session has taken already are used. Nobody else on this machine measures meanwhile.
 */
export async function gate(ground: Ground, plan: Gate): Promise<GateResult> {
  const { contract, world, redact } = ground;
  const file = samplesFile(ground.samples, plan.id);
  const course = courseOf(contract, plan);
  const seed = `${ground.seed}/${plan.id}`;
  const lock = await measurementLock(world.env, `${plan.label} in ${ground.repo.project}`, {
    onWait: (holder) => world.tell({ kind: 'note', text: `Waiting: pid ${holder.pid} measures (${holder.what}).` }),
    signal: world.signal,
  });
  if (!lock) throw failure('interrupted');
  const values: number[] = [];
  const taken: Sample[] = [];
  const startedMs = world.clock.ms();
  try {
    const { script, shell, timeout_s, before_each, service, warmup_runs } = contract.repro;
    const session = await runSession(
      {
        id: plan.id,
        seed,
        command: { script, shell, timeout_s },
        ...(before_each ? { before_each } : {}),
        ...(service ? { service } : {}),
        ...(contract.guards.same_output ? { same_output: contract.guards.same_output } : {}),
        warmup_runs,
        metrics: [contract.metrics.primary, ...contract.metrics.watchdogs],
        looks: course.points.map((p) => p.n),
        order: contract.order,
      },
      plan.arms,
      { instrument: ground.instrument, clock: world.clock, signal: world.signal },
      {
        already: [...readSamples<Sample>(file), ...(plan.baseFrom ? baseSamples(ground, plan.baseFrom) : [])],
        decide: (samples) => course.look(samples).action,
        onSample(sample, fresh) {
          if (fresh) appendSample(file, sample, redact);
          taken.push(sample);
          if (sample.arm === 'candidate' && !sample.warmup) values.push(sample.metrics[contract.metrics.primary.name]!);
          return outputProblem(taken, redact) ? 'stop' : 'continue';
        },
        onProgress: ({ done, total }) =>
          world.tell({ kind: 'progress', label: plan.label, done, total, values, unit: contract.metrics.primary.unit, started_ms: startedMs }),
      },
    );
    if (session.state === 'aborted') throw failure('interrupted');
    const samples = session.samples.filter((s) => !s.warmup);
    const broken =
      session.state === 'failed_run'
        ? { arm: session.arm, code: `${session.arm}_failed`, text: `${armName(session.arm)} failed: ${redact(`${session.reason}${lastLines(session.stderr)}`)}` }
        : (outputProblem(session.samples, redact) ?? course.problem(samples));
    const decision = broken ? undefined : course.last(samples);
    const data: SessionData = {
      session: plan.id,
      seed,
      order: contract.order,
      method: ground.instrument.method,
      pairs: Math.min(...countsOf(samples)),
      executions: session.samples.length,
      ...valuesOf(samples, contract.metrics.primary.name),
      judgement: broken ? null : course.judgement(),
      watchdogs: broken ? [] : course.watchdogs(),
      stopped: broken ? 'broken' : stopWord(decision!, course.judgement()!),
      warnings: [
        ...(course.judgement()?.warnings.map(warningText) ?? []),
        ...(session.state === 'complete' ? session.environment.warnings.map(warningText) : []),
        ...course.notes(),
      ],
    };
    return { data, broken: broken ?? null, environment: session.state === 'complete' ? session.environment : null };
  } finally {
    lock.release();
  }
}

function stopWord(decision: Decision, judgement: Judgement): SessionData['stopped'] {
  if (judgement.alpha === 0) return 'exact';
  return decision.state === 'passed' ? 'passed' : decision.state === 'failed_futile' ? 'futile' : 'cap';
}

function baseSamples(ground: Ground, { session, arm }: NonNullable<Gate['baseFrom']>): Sample[] {
  const samples = readSamples<Sample>(samplesFile(ground.samples, session)).filter((s) => s.arm === arm && !s.warmup);
  return samples.map((s) => ({ ...s, arm: 'base' }));
}

const armName = (arm: 'base' | 'candidate') => (arm === 'base' ? 'the base' : 'the candidate');
const lastLines = (stderr: string) => (stderr.trim() ? `; its last words: ${stderr.trim().split('\n').slice(-3).join(' / ').slice(0, 300)}` : '');
