import { appendSample, continueSamples, readSamples, samplesFile } from '../artifact/samples.ts';
import { failure } from '../core/errors.ts';
import { fileHash } from '../core/hash.ts';
import { lastWords } from '../core/text.ts';
import type { Environment } from '../measure/environment/environment.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { runSession, type SessionResult } from '../measure/sessions/session.ts';
import type { Footprint } from '../measure/sessions/turns.ts';
import type { SessionData } from '../record/data.ts';
import type { Planned } from '../record/planned-sessions.ts';
import { warningText } from '../report/warnings.ts';
import type { Judgement } from '../stats/judgement.ts';
import type { Decision } from '../stats/sequential.ts';
import { mustHaveRoomLeft } from './disk-space.ts';
import { leftBehind } from './left-behind.ts';
import { whileQuiet } from './measurement-lock.ts';
import { outputProblem } from './same-output.ts';
import { type ArmReason, type Course, countsOf, courseOf, valuesOf } from './session-judge.ts';
import { sessionPlan } from './session-plan.ts';
import type { Bench } from './setup.ts';

/** One measuring session. `base` null: its samples are those that `baseFrom` names. */
export type Gate = Planned & { label: string; arms: { base: Arm | null; candidate: Arm } };

export type GateResult = { data: SessionData; broken: ArmReason | null; environment: Environment | null };

type Ended = Exclude<SessionResult, { state: 'aborted' }>;

/**
 * Measures two arms and judges them at each look, until the verdict is clear or the last look is reached. The samples are written
 * as they come; those that an interrupted session has taken already are used. Nobody else on this machine measures meanwhile.
 */
export async function gate(ground: Bench, plan: Gate): Promise<GateResult> {
  const course = courseOf(ground.contract, plan);
  const { session, kept } = await whileQuiet(ground, plan.label, () => measure(ground, plan, course));
  const measured = session.samples.filter((s) => !s.warmup);
  const broken = brokenBy(session, ground) ?? leftBehind(plan.arms) ?? course.problem(measured);
  const judged = judgedAt(course, broken ? null : measured);
  const environment = session.state === 'complete' ? session.environment : null;
  const data: SessionData = {
    session: plan.id,
    samples_hash: fileHash(samplesFile(ground.samples, plan.id)),
    seed: seedOf(ground, plan),
    order: ground.contract.order,
    method: ground.instrument.method,
    pairs: Math.min(...countsOf(measured)),
    executions: session.samples.length,
    ...valuesOf(measured, ground.contract.metrics.primary.name),
    ...judged,
    warnings: [
      ...(judged.judgement?.warnings ?? []).map(warningText),
      ...(environment?.warnings ?? []).map(warningText),
      ...course.notes(),
      ...grown(session.footprint),
      ...continued(kept, session.samples.length),
    ],
  };
  return { data, broken, environment };
}

/** What a course came to; `measured` null where a run failed, or the samples cannot be judged. */
export function judgedAt(
  course: Course,
  measured: readonly Sample[] | null,
): Pick<SessionData, 'judgement' | 'watchdogs' | 'stopped'> {
  const decision = measured && course.last(measured);
  const judgement = decision && course.judgement();
  return {
    judgement,
    watchdogs: decision ? course.watchdogs() : [],
    stopped: judgement ? stopWord(decision, judgement) : 'broken',
  };
}

const seedOf = (ground: Bench, { id }: Gate) => `${ground.seed}/${id}`;

async function measure(ground: Bench, plan: Gate, course: Course): Promise<{ session: Ended; kept: number }> {
  const { contract, world, redact } = ground;
  const { name, unit } = contract.metrics.primary;
  const file = samplesFile(ground.samples, plan.id);
  const kept = continueSamples<Sample>(file);
  const earlier = plan.baseFrom ? baseSamples(ground.samples, plan.baseFrom) : [];
  const taken = [...earlier];
  const values: number[] = [];
  const startedMs = world.clock.ms();
  const session = await runSession(
    sessionPlan(contract, { id: plan.id, seed: seedOf(ground, plan), looks: course.points.map((p) => p.n) }),
    plan.arms,
    { instrument: ground.instrument, clock: world.clock, signal: world.signal },
    {
      already: [...kept, ...earlier],
      decide: (samples) => course.look(samples).action,
      onSample(sample, fresh) {
        if (fresh) appendSample(file, sample, redact);
        taken.push(sample);
        if (sample.arm === 'candidate' && !sample.warmup) values.push(sample.metrics[name]!);
        return outputProblem(taken, redact) ? 'stop' : 'continue';
      },
      onProgress: ({ done, total }) =>
        world.notify({ kind: 'progress', label: plan.label, done, total, values, unit, started_ms: startedMs }),
    },
  );
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run') mustHaveRoomLeft(plan.arms[session.arm]!);
  return { session, kept: kept.length };
}

/** Told where executions were made before and after an interruption: the machine may have been another one in between. */
function continued(kept: number, executions: number): string[] {
  if (kept === 0 || kept === executions) return [];
  return [
    `The session was interrupted after ${kept} of its executions and went on later: their samples were kept, and both arms were warmed up again.`,
  ];
}

/** What a session writes into its arms, from which on it is worth a warning. */
const MUCH_MB = 1024;

function grown({ written }: Footprint): string[] {
  const most = Math.round(Math.max(written.base, written.candidate) / 1024 ** 2);
  return most < MUCH_MB ? [] : [`the repro wrote ${most} MB into its copy of the project: the disk may fill up`];
}

function brokenBy(session: Ended, { redact }: Bench): ArmReason | null {
  const { trespasses } = session.footprint;
  // Before all else: a base that was sabotaged fails, or is slow, through no fault of its own.
  if (trespasses.length > 0)
    return {
      arm: 'candidate',
      code: 'base_changed',
      text: `the base’s copy was written into when it was not its turn: ${trespasses.join(', ')}`,
    };
  if (session.state === 'complete') return outputProblem(session.samples, redact) ?? null;
  const { arm, reason, stderr } = session;
  const who = arm === 'base' ? 'the base' : 'the candidate';
  const said = lastWords(redact(stderr));
  return {
    arm,
    code: `${arm}_failed`,
    text: `${who} failed: ${redact(reason)}${said ? `; its last words: ${said}` : ''}`,
  };
}

/** Why a session ended there, in the word that is recorded. */
export function stopWord(decision: Decision, judgement: Judgement): SessionData['stopped'] {
  if (judgement.alpha === 0) return 'exact';
  return decision.state === 'passed' ? 'passed' : decision.state === 'failed_futile' ? 'futile' : 'cap';
}

/** The samples of an arm that was measured before, as those of a base; `dir` is the folder of the samples. */
export function baseSamples(dir: string, { session, arm }: NonNullable<Planned['baseFrom']>): Sample[] {
  const samples = readSamples<Sample>(samplesFile(dir, session)).filter((s) => s.arm === arm && !s.warmup);
  return samples.map((s) => ({ ...s, arm: 'base' }));
}
