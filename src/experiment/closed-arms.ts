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

/** Returns how to make an arm: the name of its folder, and the tree that it is made from (`from`). */
export type ArmOf = (arm: 'base' | 'candidate') => { name: Name; from: From };

/**
 * Two arms, with their closed room or the reason for its absence. `room` is absent if the contract does not require a room for the session.
 */
export type ClosedArms = { arms: { base: Made; candidate: Made }; room?: RoomOfSession };

type WhyNone = Extract<RoomOfSession, { walls: 'none' }>['why'];

export type SessionKind = 'screen' | 'confirmation' | 'baseline' | 'total';

/** Whether a session runs in a closed room. Always false under version 1 of the rules. */
export function isClosed(contract: Contract, session: SessionKind): boolean {
  const room = rulesOf(contract) < 2 ? 'off' : (contract.room ?? 'confirm');
  return room === 'always' || (room === 'confirm' && session === 'confirmation');
}

/**
 * Makes both arms of a session, in closed rooms if the contract requires them. The base is tried in its room first. If the base does not
 * run there, the room gets the machine's network (unless the contract sets `network`). If the base still does not run, both arms run
 * without a room. Only the base decides about the room, because a candidate that fails in a room must not get a weaker room. A candidate
 * that cannot be prepared in the room is rejected.
 * @throws command_failed: an arm cannot be prepared outside of a room; room_lost, interrupted, and the errors of a session
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

/** Prepares the candidate alone, without a room, because its base was measured without a room in an earlier session. */
export async function alone(
  setup: RepoSetup,
  session: SessionKind,
  { name, from }: ReturnType<ArmOf>,
): Promise<{ arms: { base: null; candidate: Made }; room?: RoomOfSession }> {
  const arms = { base: null, candidate: mustBeReady(await makeArm(setup, name, from)) };
  const none = { walls: 'none', why: { code: 'not_interleaved' } } as const;
  return { arms, ...(isClosed(setup.contract, session) ? { room: none } : {}) };
}

/**
 * Returns the base after its trial execution. The files that this execution wrote then count as part of the prepared base, and not as later
 * changes.
 */
const afresh = ({ own, ...arm }: Made): Made => (own ? { ...arm, own: ownFrom(own.folders, own.clock) } : arm);

/** Closes the rooms of both arms. This ends the processes in the rooms. */
export function leaveRooms({ base, candidate }: { base: Arm | null; candidate: Arm }): void {
  for (const arm of [base, candidate]) arm?.room?.close();
}

/** Both arms, without rooms. */
async function open(setup: RepoSetup, of: ArmOf): Promise<ClosedArms['arms']> {
  const ready = async ({ name, from }: ReturnType<ArmOf>) => mustBeReady(await makeArm(setup, name, from));
  return { base: await ready(of('base')), candidate: await ready(of('candidate')) };
}

/** The reason why the arms of a contract cannot have rooms on any machine. Undefined if they can. */
function cannotClose({ contract, instrument }: Setup): { code: 'in_place' | 'method' } | undefined {
  if (contract.isolation === 'in_place') return { code: 'in_place' };
  return instrument.supervise === null ? { code: 'method' } : undefined;
}

/** The networks to try, narrowest first. A service runs outside of the room, so the arm needs the machine's network to reach it. */
function networksFor({ network, repro }: Contract): Network[] {
  if (network) return [network];
  return repro.service || repro.load ? ['full'] : ['loopback', 'full'];
}

/**
 * Executes the repro once in an arm, as a trial. Returns an empty text if the repro succeeds. If the repro fails, closes the arm's room and
 * returns why.
 */
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
