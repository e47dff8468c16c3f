import type { Redact } from '../artifact/redact.ts';
import { sampleLog } from '../artifact/sample-chain.ts';
import { continueSamples, readSamples, samplesFile, setSamplesAside } from '../artifact/samples.ts';
import { failure } from '../core/errors.ts';
import { lastWords } from '../core/text.ts';
import type { Environment } from '../measure/environment/environment.ts';
import type { Arm, ArmName } from '../measure/sessions/arm.ts';
import type { Fault } from '../measure/sessions/fault.ts';
import { type Sample, sampleSchema } from '../measure/sessions/sample.ts';
import { runSession, type SessionResult } from '../measure/sessions/session.ts';
import type { Footprint } from '../measure/sessions/turns.ts';
import { unseenDelay } from '../measure/sessions/unseen-delay.ts';
import { mustHaveRoomLeft } from './arms-folder.ts';
import { caveatsOfSamples } from './caveats/by-samples.ts';
import type { Caveat } from './caveats/caveat.ts';
import { leftBehind, outputProblem } from './guards.ts';
import { hasPassed } from './has-passed.ts';
import type { Broken, RoomOfSession, SessionData, Warning } from './judged.ts';
import { withMeasurementLock } from './measurement-lock.ts';
import { nextLook } from './next-look.ts';
import { otherWall } from './other-wall.ts';
import { countsOf, type Design, type SessionJudge, sessionJudge, valuesOf } from './session-judge.ts';
import { type Setup, sessionPlan } from './setup.ts';

/** The plan of a session, fixed before its first execution so that it can be verified later. */
export type Planned = Design & {
  id: string;
  /** Set if the base is not measured: its samples are those of an arm of an earlier session. */
  baseFrom?: { session: string; arm: 'base' | 'candidate' };
  /**
   * True if a verdict depends on these samples alone: after an interruption the session is measured again from the start, because any
   * process could have changed its samples.
   */
  inOnePiece?: boolean;
};

/** A planned session with its arms. `base` null: its samples are those of `baseFrom`. `label`: printed for people. */
export type SessionOfArms = Planned & {
  label: string;
  arms: { base: Arm | null; candidate: Arm };
  /** The closed room of both arms, if the contract asks for one. */
  room?: RoomOfSession;
};

/** `seconds` is the mean time of one execution. */
export type MeasuredSession = {
  data: SessionData;
  broken: Broken | null;
  environment: Environment | null;
  seconds: number;
  /** The caveats that the samples show, if they pass. */
  told: Caveat[];
};

type Ended = Exclude<SessionResult, { state: 'aborted' }>;

/**
 * Measures two arms and judges them at each look, until the verdict is clear or the last look is reached. Samples are written immediately;
 * those of an interrupted session are used again. No other process on this machine measures at the same time.
 * @throws interrupted, disk_full, and the errors of the tools
 */
export async function judgedSession(setup: Setup, plan: SessionOfArms): Promise<MeasuredSession> {
  const judge = sessionJudge(setup.contract, plan);
  return concluded(setup, plan, judge, await executed(setup, plan, judge));
}

/** The same without the result. @throws interrupted, disk_full, and the errors of the tools */
export async function executed(setup: Setup, plan: SessionOfArms, judge: SessionJudge): Promise<Ending> {
  const waitsAs = `${plan.label} in ${setup.project}`;
  const { session, samples_hash, kept, dropped } = await withMeasurementLock(setup.world, waitsAs, () =>
    measure(setup, plan, judge),
  );
  return {
    samples: session.samples,
    samples_hash,
    broken: brokenBy(session, setup) ?? leftBehind(plan.arms),
    room: plan.room,
    environment: session.state === 'complete' ? session.environment : null,
    warnings: [...grown(session.footprint), ...continued(kept, session.samples.length), ...afresh(dropped)],
  };
}

/** How the executions of a session ended. */
export type Ending = {
  samples: readonly Sample[];
  /** SHA-256 of the samples' file, computed after the last execution. */
  samples_hash: string | null;
  broken: Broken | null;
  environment: Environment | null;
  warnings: Warning[];
  room?: RoomOfSession | undefined;
};

/** The result of a session after its last execution. */
export function concluded(
  setup: Pick<Setup, 'contract' | 'seed' | 'instrument'>,
  plan: Planned,
  judge: SessionJudge,
  { samples, samples_hash, broken: ended, environment, warnings, room }: Ending,
): MeasuredSession {
  const { metrics } = setup.contract;
  const measured = samples.filter((s) => !s.warmup);
  const broken = ended ?? judge.problem(measured);
  const conclusion = judge.conclude(broken ? null : measured);
  const data: SessionData = {
    session: plan.id,
    samples_hash,
    seed: seedOf(setup, plan),
    order: setup.contract.order,
    method: setup.instrument.method,
    tree_method: samples[0]?.tree_method ?? null,
    ...(room ? { room } : {}),
    pairs: Math.min(...countsOf(measured)),
    executions: samples.length,
    ...valuesOf(measured, metrics.primary.name),
    ...otherWall(measured, setup.contract),
    ...conclusion,
    warnings: [
      ...(conclusion.judgement?.warnings ?? []),
      ...(environment?.warnings ?? []),
      ...judge.warnings(),
      ...unseenDelay([metrics.primary, ...metrics.watchdogs], measured),
      ...warnings,
    ],
  };
  // a base that was measured earlier ran under other conditions, and that of another tool has only the judged values
  const told = hasPassed(data) && !plan.baseFrom ? caveatsOfSamples(setup.contract, samples) : [];
  return { data, broken, environment, seconds: secondsPerRun(measured), told };
}

/** The mean time of one execution in seconds; NaN without executions. */
export const secondsPerRun = (measured: readonly Sample[]): number =>
  measured.reduce((sum, s) => sum + s.wall_ms, 0) / measured.length / 1000;

export const seedOf = (setup: Pick<Setup, 'seed'>, { id }: Pick<Planned, 'id'>) => `${setup.seed}/${id}`;

async function measure(
  setup: Setup,
  plan: SessionOfArms,
  judge: SessionJudge,
): Promise<{ session: Ended; samples_hash: string | null; kept: number; dropped: number }> {
  const { contract, world, redact } = setup;
  const { name, unit } = contract.metrics.primary;
  const file = samplesFile(setup.samples, plan.id);
  const dropped = plan.inOnePiece ? setSamplesAside(file) : 0;
  const kept = continueSamples(file, sampleSchema);
  const log = sampleLog(file, redact);
  const earlier = plan.baseFrom ? baseSamples(setup.samples, plan.baseFrom) : [];
  const taken = [...earlier];
  const values: Record<ArmName, number[]> = { base: [], candidate: [] };
  const startedMs = world.clock.ms();
  const planned = sessionPlan(contract, {
    id: plan.id,
    seed: seedOf(setup, plan),
    looks: judge.points.map((p) => p.n),
  });
  const next = nextLook(planned, plan.arms.base ? ['base', 'candidate'] : ['candidate'], plan.decides);
  const session = await runSession(
    planned,
    plan.arms,
    { instrument: setup.instrument, clock: world.clock, signal: world.signal },
    {
      already: [...kept, ...earlier],
      decide: (samples) => judge.look(samples).action,
      onSample(sample, fresh) {
        if (fresh) log.append(sample);
        taken.push(sample);
        if (!sample.warmup) values[sample.arm].push(sample.metrics[name]!);
        return outputProblem(taken, redact) ? 'stop' : 'continue';
      },
      onProgress: ({ done, total }) =>
        world.notify({
          kind: 'progress',
          label: plan.label,
          done,
          next: next(done),
          total,
          values,
          unit,
          started_ms: startedMs,
        }),
    },
  );
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run') mustHaveRoomLeft(plan.arms[session.arm]!);
  return { session, samples_hash: log.seal(), kept: kept.length, dropped };
}

/** Warns about an interruption, because the machine may have changed since. */
function continued(kept: number, executions: number): Warning[] {
  return kept === 0 || kept === executions ? [] : [{ code: 'interrupted', kept }];
}

const afresh = (dropped: number): Warning[] => (dropped === 0 ? [] : [{ code: 'measured_afresh', dropped }]);

/** A session that writes more megabytes into its arms causes a warning. */
const MUCH_MB = 1024;

function grown({ written }: Footprint): Warning[] {
  const mb = Math.round(Math.max(written.base, written.candidate) / 1024 ** 2);
  return mb < MUCH_MB ? [] : [{ code: 'wrote_much', mb }];
}

function brokenBy(session: Ended, { redact }: Setup): Broken | null {
  const { trespasses } = session.footprint;
  // Checked first, because a base that the candidate changed may fail or be slow for that reason.
  if (trespasses.length > 0) return { arm: 'candidate', code: 'base_changed', paths: trespasses };
  if (session.state === 'complete') return outputProblem(session.samples, redact) ?? null;
  return failedArm(session.arm, session, redact);
}

/** A failed execution: a reason against the candidate, or an error of the base. */
export function failedArm(arm: ArmName, fault: Fault, redact: Redact): Broken {
  const [reason, output] = [redact(fault.reason), redact(fault.stderr)];
  const last_words = lastWords(output);
  if (arm === 'candidate') return { arm, code: 'candidate_failed', reason, last_words };
  const tail = last_words ? `; its last words: ${last_words}` : '';
  const code = fault.code === 'helper_lost' ? fault.code : 'base_failed';
  return { arm, code, text: `the base failed: ${reason}${tail}`, failed: { reason, output } };
}

/** The samples of an arm that was measured earlier, relabelled as those of a base; `dir`: the folder of the samples. */
function baseSamples(dir: string, { session, arm }: NonNullable<Planned['baseFrom']>): Sample[] {
  return asBase(readSamples(samplesFile(dir, session), sampleSchema), arm);
}

/** The same for samples that are already read. */
export function asBase(samples: readonly Sample[], arm: ArmName): Sample[] {
  return samples.filter((s) => s.arm === arm && !s.warmup).map((s) => ({ ...s, arm: 'base' }));
}
