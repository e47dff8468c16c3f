import type { Contract } from '../contract/schema/contract.ts';
import { failure } from '../core/errors.ts';
import type { Environment } from '../measure/environment/environment.ts';
import { correctAsMeasured } from './as-measured.ts';
import { askedBy } from './asked-by.ts';
import { caveatsInBoth } from './caveats/by-samples.ts';
import type { Caveat } from './caveats/caveat.ts';
import { hasPassed } from './has-passed.ts';
import type { Broken, Judged, Reason, SessionData, Sessions } from './judged.ts';
import { judgedSession, type MeasuredSession, type SessionOfArms } from './session.ts';
import { type Design, looksOf } from './session-judge.ts';
import type { Setup } from './setup.ts';
import { judged, needsConfirmation } from './verdict.ts';

export type SessionName = 'screen' | 'confirmation';

/** The command of the base, for the error message if the command fails. */
export type BaseCommand = { what: string; command: string };

/**
 * The measured sessions of an experiment, without a verdict. `environment`: the machine's environment in the deciding session. Null if no
 * session was measured to the end. `told`: the caveats that the samples of all sessions show.
 */
type Measured = { sessions: Sessions; environment: Environment | null; told: Caveat[] };

/**
 * Measures a screen and, if it passes, a confirmation from scratch. `session` makes new arms for each session, or has another host measure
 * the session. For the confirmation the arms exchange their folders, if they have folders.
 * @throws command_failed: the base fails; and the errors of a session
 */
export async function screenAndConfirm(
  setup: Setup,
  base: BaseCommand,
  session: (name: SessionName) => Promise<SessionOfArms | MeasuredSession | Reason>,
): Promise<Measured> {
  const measure = async (name: SessionName): Promise<Unbroken> => {
    const plan = await session(name);
    if ('code' in plan) return unmeasured(plan);
    if ('data' in plan) return ofCandidate(plan, base);
    const result = ofCandidate(await judgedSession(setup, plan), base);
    const decides = name === 'confirmation' || isSettled(result, setup.contract);
    return decides && mayPass(result) ? checkedWhereMeasured(setup, plan, result) : result;
  };
  const screened = await measure('screen');
  return together(screened, isSettled(screened, setup.contract) ? null : await measure('confirmation'));
}

/**
 * Returns the session if its base did not fail, else throws. @throws command_failed: the base failed; helper_lost: the measuring process
 * was killed
 */
export function ofCandidate(result: MeasuredSession, base: BaseCommand): Unbroken {
  const { broken } = result;
  if (broken?.arm !== 'base') return { ...result, broken };
  if (broken.code === 'helper_lost') throw failure('helper_lost', { ...base, reason: broken.failed!.reason });
  throw failure('command_failed', { ...base, ...(broken.failed ?? { reason: broken.text, output: '' }) });
}

/** A session in which the base did not fail. The candidate may have failed. `data`: null if the candidate could not be prepared. */
export type Unbroken = Pick<MeasuredSession, 'environment' | 'told'> & {
  data: SessionData | null;
  broken: (Broken & { arm: 'candidate' }) | null;
};

const unmeasured = (reason: Reason): Unbroken => ({
  broken: { ...reason, arm: 'candidate' } as Unbroken['broken'],
  data: null,
  environment: null,
  told: [],
});

/** Whether the screen alone decides, without a confirmation. */
export const isSettled = ({ broken, data }: Unbroken, contract: Contract): boolean =>
  broken !== null || data === null || !needsConfirmation(data, contract);

/** Whether the candidate passed in this session, so that the verdict can become `accepted`. */
const mayPass = ({ broken, data }: Unbroken) => broken === null && data !== null && hasPassed(data);

async function checkedWhereMeasured(setup: Setup, plan: SessionOfArms, result: Unbroken): Promise<Unbroken> {
  const { broken, warnings } = await correctAsMeasured(setup, plan.arms);
  const data = result.data && { ...result.data, warnings: [...result.data.warnings, ...warnings] };
  return { ...result, data, broken };
}

/** The result of a screen and, if there was one, its confirmation. */
export function together(screened: Unbroken, confirmed: Unbroken | null): Measured {
  const ended = screened.broken ?? confirmed?.broken ?? null;
  return {
    sessions: {
      broken: ended && withoutArm(ended),
      screen: screened.data,
      confirmation: confirmed?.data ?? null,
    },
    environment: (confirmed ?? screened).environment,
    told: confirmed ? caveatsInBoth(screened.told, confirmed.told) : screened.told,
  };
}

const withoutArm = ({ arm: _, ...reason }: Broken): Reason => reason;

/** Two arms to judge. There is no A/A session, so the contract alone determines the statistical test. */
export type TwoArms = {
  base: BaseCommand;
  arms(session: SessionName): Promise<Pick<SessionOfArms, 'arms' | 'room'> | Reason>;
  baseFrom?: SessionOfArms['baseFrom'];
  /** The numbers of pairs at the looks, if the caller has already determined them. Otherwise the contract determines them. */
  at?: readonly number[];
};

/**
 * Returns the design of a session for which there is no A/A session. `auto` then means the Mann-Whitney test, because the choice of the
 * signed-rank test needs an A/A session.
 */
export function designOf(contract: Contract, at?: readonly number[]): Design {
  const { test: asked } = contract.significance;
  const test = asked === 'auto' ? 'mann_whitney' : asked;
  return { looks: looksOf(contract, test, at), test, decides: true };
}

export type Experiment = Judged & { environment: Environment | null; told: Caveat[] };

/**
 * Measures two arms in a screen and a confirmation, and judges them.
 * @throws command_failed: the base fails; and the errors of a session
 */
export async function judgeArms(setup: Setup, { base, arms, baseFrom, at }: TwoArms): Promise<Experiment> {
  const design = designOf(setup.contract, at);
  const { sessions, environment, told } = await screenAndConfirm(setup, base, async (name) => {
    const made = await arms(name);
    return 'code' in made ? made : { id: name, label: name, ...made, ...design, ...(baseFrom ? { baseFrom } : {}) };
  });
  return { ...judged(sessions, askedBy(setup.contract, at)), environment, told };
}

/** The verdict on a candidate that failed before any measurement. */
export function judgeUnmeasured({ contract }: Setup, broken: NonNullable<Sessions['broken']>): Experiment {
  const sessions: Sessions = { broken, screen: null, confirmation: null };
  return { ...judged(sessions, askedBy(contract)), environment: null, told: [] };
}
