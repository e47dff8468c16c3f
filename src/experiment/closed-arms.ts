import type { Network } from '../cage/steps.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { failure } from '../core/errors.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import { type Hooks, runSession } from '../measure/sessions/session.ts';
import { ownFrom } from '../measure/sessions/turns.ts';
import {
  type From,
  isUnprepared,
  type Made,
  makeArm,
  makeClosedArm,
  mustBeReady,
  type Name,
  preparationFailed,
} from './arms.ts';
import type { Reason, RoomOfSession } from './judged.ts';
import { withMeasurementLock } from './measurement-lock.ts';
import { rulesOf } from './rule-of.ts';
import { type RepoSetup, type Setup, sessionPlan } from './setup.ts';

/** What an arm of a session is made from, and which of the two folders it gets. */
export type ArmOf = (arm: 'base' | 'candidate') => { name: Name; from: From };

/** Two arms, and the room of both or why there is none. `room` is left out where none was asked for. */
export type ClosedArms = { arms: { base: Made; candidate: Made }; room?: RoomOfSession };

type WhyNone = Extract<RoomOfSession, { walls: 'none' }>['why'];

export type SessionKind = 'screen' | 'confirmation' | 'baseline' | 'total';

/** Whether a session runs in a closed room. Contracts under older rules have none. */
export function isClosed(contract: Contract, session: SessionKind): boolean {
  const room = rulesOf(contract) < 2 ? 'off' : (contract.room ?? 'confirm');
  return room === 'always' || (room === 'confirm' && session === 'confirmation');
}

/**
 * Makes both arms of a session, in closed rooms where the contract asks for them. The base is tried in its room first: where it does not run
 * there, the network of the machine is added if the contract leaves that open, and then there is no room. Only the base decides, because a
 * candidate must not be able to open its room. A candidate that cannot be made ready there is a reason against it.
 * @throws command_failed: an arm cannot be made ready outside; room_lost, interrupted, and what a session throws
 */
export async function closedArms(setup: RepoSetup, session: SessionKind, of: ArmOf): Promise<ClosedArms | Reason> {
  const { contract } = setup;
  if (!isClosed(contract, session)) return { arms: await open(setup, of) };
  const none = async (why: WhyNone) => ({ arms: await open(setup, of), room: { walls: 'none' as const, why } });
  const reason = cannotClose(setup);
  if (reason) return none(reason);
  let failed = '';
  for (const network of networksFor(contract)) {
    const base = await inRoom(setup, of('base'), network);
    if ('missing' in base) return none({ code: 'no_walls', text: setup.redact(base.missing) });
    failed = isUnprepared(base) ? `its ${base.what} failed: ${base.reason}` : await triedIn(setup, base);
    if (isUnprepared(base) || failed) continue;
    const candidate = await inRoom(setup, of('candidate'), network);
    if (!isUnprepared(candidate) && !('missing' in candidate)) {
      const { walls, home, network: actual } = base.room!;
      return { arms: { base: afresh(base), candidate }, room: { walls, home, network: actual } };
    }
    base.room?.close();
    if (isUnprepared(candidate)) return preparationFailed(candidate, 'candidate');
    throw failure('room_lost', { found: setup.redact(candidate.missing) });
  }
  return none({ code: 'base_fails', text: setup.redact(failed) });
}

const inRoom = (setup: RepoSetup, { name, from }: ReturnType<ArmOf>, network: Network) =>
  makeClosedArm(setup, name, { ...from, network });

/** The candidate alone, whose base was measured before and in no room: then there is none for the candidate either. */
export async function alone(
  setup: RepoSetup,
  session: SessionKind,
  { name, from }: ReturnType<ArmOf>,
): Promise<{ arms: { base: null; candidate: Made }; room?: RoomOfSession }> {
  const arms = { base: null, candidate: mustBeReady(await makeArm(setup, name, from)) };
  const none = { walls: 'none', why: { code: 'not_interleaved' } } as const;
  return { arms, ...(isClosed(setup.contract, session) ? { room: none } : {}) };
}

/** What the trial wrote is the base's own. */
const afresh = ({ own, ...arm }: Made): Made => (own ? { ...arm, own: ownFrom(own.folders, own.clock) } : arm);

/** Ends what runs in the rooms of these arms. */
export function leaveRooms({ base, candidate }: { base: Arm | null; candidate: Arm }): void {
  for (const arm of [base, candidate]) arm?.room?.close();
}

/** Both arms, in no room. */
async function open(setup: RepoSetup, of: ArmOf): Promise<ClosedArms['arms']> {
  const ready = async ({ name, from }: ReturnType<ArmOf>) => mustBeReady(await makeArm(setup, name, from));
  return { base: await ready(of('base')), candidate: await ready(of('candidate')) };
}

/** Why the arms of a contract cannot be closed in, whatever the machine allows. */
function cannotClose({ contract, instrument }: Setup): { code: 'in_place' | 'method' } | undefined {
  if (contract.isolation === 'in_place') return { code: 'in_place' };
  return instrument.supervise === null ? { code: 'method' } : undefined;
}

/** The networks to try, narrowest first. A service is reached from outside of the room, by the network of the machine. */
function networksFor({ network, repro }: Contract): Network[] {
  if (network) return [network];
  return repro.service || repro.load ? ['full'] : ['loopback', 'full'];
}

/** Why the repro does not run in an arm; empty where it does. Where it does not, the arm's room is closed. */
async function triedIn(setup: Setup, arm: Arm): Promise<string> {
  const { contract, world, instrument, project, seed } = setup;
  const plan = { ...sessionPlan(contract, { id: 'room', seed, looks: [1] }), warmup_runs: 0 };
  const tools = { instrument, clock: world.clock, signal: world.signal };
  const hooks: Hooks = { already: [], decide: () => 'stop', onSample: () => 'stop', onProgress() {} };
  const tried = await withMeasurementLock(world, `trial of a closed room in ${project}`, () =>
    runSession(plan, { base: null, candidate: arm }, tools, hooks),
  );
  if (tried.state === 'complete') return '';
  arm.room?.close();
  if (tried.state === 'aborted') throw failure('interrupted');
  return `it fails there: ${tried.reason}`;
}
