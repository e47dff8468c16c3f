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
  /** The earlier session and arm that supply the base's samples. Absent if this session measures the base. */
  baseFrom?: { session: string; arm: 'base' | 'candidate' };
  /**
   * True if a verdict depends on this session's samples alone. After an interruption such a session is measured again from the start,
   * because any process could have changed its samples.
   */
  inOnePiece?: boolean;
};

/** A planned session with its arms. If `base` is null, `baseFrom` supplies the base's samples. `label`: printed for people. */
export type SessionOfArms = Planned & {
  label: string;
  arms: { base: Arm | null; candidate: Arm };
  /** The closed room of both arms. Absent if the contract does not require a room for the session. */
  room?: RoomOfSession;
};

/** A measured session with its judgement. `seconds` is the mean time of one execution. */
export type MeasuredSession = {
  data: SessionData;
  broken: Broken | null;
  environment: Environment | null;
  seconds: number;
  /** The caveats that the samples show. Empty unless the session met the threshold. */
  told: Caveat[];
};

type Ended = Exclude<SessionResult, { state: 'aborted' }>;

/**
 * Measures two arms and judges them at each look, until the verdict is clear or the last look is reached. Each sample is written
 * immediately, and a session that was interrupted continues with its earlier samples. A lock ensures that no other process on this machine
 * measures at the same time.
 * @throws interrupted, disk_full, and the errors of the tools
 */
export async function judgedSession(setup: Setup, plan: SessionOfArms): Promise<MeasuredSession> {
  const judge = sessionJudge(setup.contract, plan);
  return concluded(setup, plan, judge, await executed(setup, plan, judge));
}

/** Executes a session without computing its result. @throws interrupted, disk_full, and the errors of the tools */
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
  // caveats need samples of the base that were taken in this session
  const told = hasPassed(data) && !plan.baseFrom ? caveatsOfSamples(setup.contract, samples) : [];
  return { data, broken, environment, seconds: secondsPerRun(measured), told };
}

/** The mean time of one execution in seconds. NaN if there are no executions. */
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

/** A warning that the session was interrupted, because the machine could have changed during the interruption. */
function continued(kept: number, executions: number): Warning[] {
  return kept === 0 || kept === executions ? [] : [{ code: 'interrupted', kept }];
}

const afresh = (dropped: number): Warning[] => (dropped === 0 ? [] : [{ code: 'measured_afresh', dropped }]);

/** The megabytes above which writing into an arm causes a warning. */
const MUCH_MB = 1024;

function grown({ written }: Footprint): Warning[] {
  const mb = Math.round(Math.max(written.base, written.candidate) / 1024 ** 2);
  return mb < MUCH_MB ? [] : [{ code: 'wrote_much', mb }];
}

function brokenBy(session: Ended, { redact }: Setup): Broken | null {
  const { trespasses } = session.footprint;
  // Changes of the base's files are reported before failures, because the candidate can make the base fail by such a change.
  if (trespasses.length > 0) return { arm: 'candidate', code: 'base_changed', paths: trespasses };
  if (session.state === 'complete') return outputProblem(session.samples, redact) ?? null;
  return failedArm(session.arm, session, redact);
}

/** Converts a failed execution to a reason for rejecting the candidate, or to an error of the base. */
export function failedArm(arm: ArmName, fault: Fault, redact: Redact): Broken {
  const [reason, output] = [redact(fault.reason), redact(fault.stderr)];
  const last_words = lastWords(output);
  if (arm === 'candidate') return { arm, code: 'candidate_failed', reason, last_words };
  const tail = last_words ? `; its last words: ${last_words}` : '';
  const code = fault.code === 'helper_lost' ? fault.code : 'base_failed';
  return { arm, code, text: `the base failed: ${reason}${tail}`, failed: { reason, output } };
}

/** Reads the samples of one arm in an earlier session, and returns them as samples of a base. `dir`: the folder of the samples. */
function baseSamples(dir: string, { session, arm }: NonNullable<Planned['baseFrom']>): Sample[] {
  return asBase(readSamples(samplesFile(dir, session), sampleSchema), arm);
}

/** Returns the samples of one arm, without warm-ups and with `base` as the name of their arm. */
export function asBase(samples: readonly Sample[], arm: ArmName): Sample[] {
  return samples.filter((s) => s.arm === arm && !s.warmup).map((s) => ({ ...s, arm: 'base' }));
}
