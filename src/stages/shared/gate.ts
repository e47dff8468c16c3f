import { appendSample, readSamples, samplesFile } from '../../artifact/samples.ts';
import { failure } from '../../core/errors.ts';
import type { Arm } from '../../measure/arm.ts';
import type { Environment } from '../../measure/environment.ts';
import type { Sample } from '../../measure/sample.ts';
import { runSession, type Session } from '../../measure/session.ts';
import type { Judgement } from '../../stats/judgement.ts';
import type { Look } from '../../stats/looks.ts';
import type { Test } from '../../stats/rule.ts';
import type { Decision } from '../../stats/sequential.ts';
import { type ArmReason, type Course, countsOf, courseOf, valuesOf } from './course.ts';
import type { SessionData } from './data.ts';
import type { Bench } from './ground.ts';
import { whileQuiet } from './quiet.ts';
import { outputProblem } from './same-output.ts';
import { sessionPlan } from './session-plan.ts';
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

type Ended = Exclude<Session, { state: 'aborted' }>;

/**
 * Measures two arms and judges them at each look, until the verdict is clear or the last look is reached. The samples are written
 * as they come; those that an interrupted session has taken already are used. Nobody else on this machine measures meanwhile.
 */
export async function gate(ground: Bench, plan: Gate): Promise<GateResult> {
  const course = courseOf(ground.contract, plan);
  const session = await whileQuiet(ground, plan.label, () => measure(ground, plan, course));
  const measured = session.samples.filter((s) => !s.warmup);
  const broken = brokenBy(session, ground) ?? course.problem(measured);
  const decision = broken ? null : course.last(measured);
  const judgement = decision && course.judgement();
  const environment = session.state === 'complete' ? session.environment : null;
  const data: SessionData = {
    session: plan.id,
    seed: seedOf(ground, plan),
    order: ground.contract.order,
    method: ground.instrument.method,
    pairs: Math.min(...countsOf(measured)),
    executions: session.samples.length,
    ...valuesOf(measured, ground.contract.metrics.primary.name),
    judgement,
    watchdogs: broken ? [] : course.watchdogs(),
    stopped: decision && judgement ? stopWord(decision, judgement) : 'broken',
    warnings: [
      ...(judgement?.warnings ?? []).map(warningText),
      ...(environment?.warnings ?? []).map(warningText),
      ...course.notes(),
    ],
  };
  return { data, broken, environment };
}

const seedOf = (ground: Bench, { id }: Gate) => `${ground.seed}/${id}`;

async function measure(ground: Bench, plan: Gate, course: Course): Promise<Ended> {
  const { contract, world, redact } = ground;
  const { name, unit } = contract.metrics.primary;
  const file = samplesFile(ground.samples, plan.id);
  const earlier = plan.baseFrom ? baseSamples(ground, plan.baseFrom) : [];
  const taken = [...earlier];
  const values: number[] = [];
  const startedMs = world.clock.ms();
  const session = await runSession(
    sessionPlan(contract, { id: plan.id, seed: seedOf(ground, plan), looks: course.points.map((p) => p.n) }),
    plan.arms,
    { instrument: ground.instrument, clock: world.clock, signal: world.signal },
    {
      already: [...readSamples<Sample>(file), ...earlier],
      decide: (samples) => course.look(samples).action,
      onSample(sample, fresh) {
        if (fresh) appendSample(file, sample, redact);
        taken.push(sample);
        if (sample.arm === 'candidate' && !sample.warmup) values.push(sample.metrics[name]!);
        return outputProblem(taken, redact) ? 'stop' : 'continue';
      },
      onProgress: ({ done, total }) =>
        world.tell({ kind: 'progress', label: plan.label, done, total, values, unit, started_ms: startedMs }),
    },
  );
  if (session.state === 'aborted') throw failure('interrupted');
  return session;
}

function brokenBy(session: Ended, { redact }: Bench): ArmReason | null {
  if (session.state === 'complete') return outputProblem(session.samples, redact) ?? null;
  const { arm, reason, stderr } = session;
  const who = arm === 'base' ? 'the base' : 'the candidate';
  return { arm, code: `${arm}_failed`, text: redact(`${who} failed: ${reason}${lastWords(stderr)}`) };
}

/** Why a session ended there, in the word that is recorded. */
export function stopWord(decision: Decision, judgement: Judgement): SessionData['stopped'] {
  if (judgement.alpha === 0) return 'exact';
  return decision.state === 'passed' ? 'passed' : decision.state === 'failed_futile' ? 'futile' : 'cap';
}

function baseSamples(ground: Bench, { session, arm }: NonNullable<Gate['baseFrom']>): Sample[] {
  const samples = readSamples<Sample>(samplesFile(ground.samples, session)).filter((s) => s.arm === arm && !s.warmup);
  return samples.map((s) => ({ ...s, arm: 'base' }));
}

function lastWords(stderr: string): string {
  const text = stderr.trim().split('\n').slice(-3).join(' / ').slice(0, 300);
  return text ? `; its last words: ${text}` : '';
}
