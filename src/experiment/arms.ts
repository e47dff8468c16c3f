import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Network } from '../cage/steps.ts';
import { readSecrets } from '../contract/secrets.ts';
import { failure } from '../core/errors.ts';
import { remove, writeDurable } from '../core/fs.ts';
import { lastLines, lastWords } from '../core/text.ts';
import { giveRepository } from '../git/arm-repository.ts';
import { prepareArm } from '../git/arms.ts';
import { freeze } from '../git/freeze.ts';
import { trespassIn } from '../git/frozen-copy.ts';
import { madeAt } from '../git/marks.ts';
import { type Arm, armEnvironment, runIn } from '../measure/sessions/arm.ts';
import { ownFrom } from '../measure/sessions/turns.ts';
import { armInRoom, type NoRoom, type Place } from './arm-room.ts';
import { mustHaveRoom, mustHaveRoomLeft, WHOLE } from './arms-folder.ts';
import { reportCopying } from './copying.ts';
import type { Reason } from './judged.ts';
import { followPreparation, type Prepared } from './prepared.ts';
import { plainEnvironment, type RepoSetup } from './setup.ts';

/** The frozen copy, from which both arms are made: the whole work tree at the time of the baseline, with ignored files. */
const frozenSchema = z.object({ dir: z.string(), tree: z.string(), skipped: z.array(z.string()) });
export type Frozen = z.infer<typeof frozenSchema>;

/** The names of the arms' folders: two in a comparison, more in a bisection. */
export type Name = 'a' | 'b' | 'c';

type Folder = Pick<RepoSetup, 'folder'>;

const frozenDir = ({ folder }: Folder) => join(folder, 'f');
const armDir = ({ folder }: Folder, name: Name) => join(folder, name);
const armsOf = (setup: Folder) => [armDir(setup, 'a'), armDir(setup, 'b')];
const wholeFile = ({ folder }: Folder) => join(folder, WHOLE);

/** A prepared arm, with the top folder of its tree and the cost of its preparation. */
export type Made = Arm & { root: string; prepared: Prepared };

/** A command of the contract that failed while an arm was prepared. */
export type Unprepared = { what: 'setup' | 'build' | 'correctness'; command: string; reason: string; output: string };

/**
 * Copies the work tree, unless the copy exists already. `tree`: a function that returns the current tree. Every attempt uses the same copy,
 * because the ignored files of every attempt must be those of the baseline. Returns null if the contract's `isolation` is not `copy`.
 * @throws frozen_changed, no_space, and the errors of copying
 */
export async function frozenCopy(setup: RepoSetup, tree: () => Promise<string>): Promise<Frozen | null> {
  if (setup.contract.isolation !== 'copy') return null;
  const dir = frozenDir(setup);
  const whole = wholeFile(setup);
  const frozen = wholeCopy(setup);
  if (frozen) {
    const path = await touchedFrozen(setup, frozen);
    if (path) throw failure('frozen_changed', { path: join(dir, path) });
    return frozen;
  }
  // If an unfinished copy exists, the free space is not checked, because this copy already occupies a part of the needed space.
  if (madeAt(dir) === undefined) await mustHaveRoom(setup);
  const held = await tree();
  const { skipped } = await freeze(setup.repo, dir, { arms: armsOf(setup), onCopy: reportCopying(setup.world) });
  const made: Frozen = { dir, tree: held, skipped };
  writeDurable(whole, JSON.stringify(made));
  return made;
}

/** The frozen copy that exists already. Null if there is no complete copy. */
export function wholeCopy(setup: Folder): Frozen | null {
  const whole = wholeFile(setup);
  return existsSync(whole) ? frozenSchema.parse(JSON.parse(readFileSync(whole, 'utf8'))) : null;
}

/**
 * Returns the path of a file in the frozen copy that was changed, added or removed since the copy was made. Undefined if nothing changed.
 * Arms are made from the frozen copy, so nothing may change the copy.
 */
export async function touchedFrozen(
  setup: Pick<RepoSetup, 'folder' | 'repo'>,
  frozen: Frozen | null,
): Promise<string | undefined> {
  if (frozen === null) return undefined;
  return trespassIn({ frozen: frozen.dir, arms: armsOf(setup), project: setup.repo.root });
}

/** The tree that an arm is made from, and the options for making the arm (see `makeArm`). */
export type From = {
  frozen: Frozen | null;
  tree: string;
  against?: string;
  commit?: string;
  look?: (dir: string) => Promise<void>;
};

/**
 * Makes an arm from scratch, without any file of an earlier arm. The arm is made from the frozen copy (or from a clean tree) and gets the
 * content of `tree`. Then `setup` and `build` run. With `isolation: in_place`, the arm is the user's own tree, and only `build` runs.
 * `name`: the arm's folder. `commit`: the commit whose tree is `tree`, if there is one. This commit is HEAD in the arm's git repository
 * (see `giveRepository`). `against`: the tree of the other arm. `look`: a function that gets the arm's folder before any command runs
 * there.
 */
export async function makeArm(setup: RepoSetup, name: Name, from: From): Promise<Made | Unprepared> {
  const { repo, contract } = setup;
  const { dir, scratch } = await placeFor(setup, name, from);
  const env = armEnvironment(environmentOf(setup), { project: repo.root, tree: dir, scratch });
  return readied(setup, { dir: join(dir, repo.prefix, contract.repro.cwd), env }, { dir, scratch });
}

/**
 * Makes an arm in a closed room with the given network. Returns the reason if a room is impossible. The caller closes the room when it no
 * longer needs the arm.
 */
export async function makeClosedArm(
  setup: RepoSetup,
  name: Name,
  from: From & { network: Network },
): Promise<Made | Unprepared | NoRoom> {
  const place = await placeFor(setup, name, from);
  const arm = await armInRoom(setup, place, { env: environmentOf(setup), network: from.network });
  if ('missing' in arm) return arm;
  const ready = await readied(setup, arm, place);
  if (isUnprepared(ready)) arm.room?.close();
  return ready;
}

async function placeFor(setup: RepoSetup, name: Name, from: From): Promise<Place> {
  const { repo, contract, world } = setup;
  const scratch = join(setup.folder, `${name}s`);
  if (contract.isolation === 'in_place') {
    await from.look?.(repo.root);
    return { dir: repo.root, scratch };
  }
  const dir = armDir(setup, name);
  const other = armDir(setup, name === 'a' ? 'b' : 'a');
  const { frozen, tree, commit, against, look } = from;
  await prepareArm(
    repo,
    { dir, other, frozen, tree, ...(against === undefined ? {} : { against }) },
    reportCopying(world),
  );
  await giveRepository(repo, { dir, tree, commit });
  remove(scratch);
  await look?.(dir);
  return { dir, scratch };
}

/** The environment variables of the user, of the contract, and of the contract's secrets. */
const environmentOf = ({ repo, contract, world }: RepoSetup): Record<string, string> => ({
  ...withoutGitPlaces(plainEnvironment(world.env)),
  ...contract.repro.env,
  ...readSecrets(repo.project, contract.secrets_file),
});

async function readied(setup: RepoSetup, arm: Arm, { dir, scratch }: Place): Promise<Made | Unprepared> {
  const inPlace = setup.contract.isolation === 'in_place';
  const { repro } = setup.contract;
  const clock = join(setup.folder, 'turn');
  const isPrepared = repro.setup !== undefined || repro.build !== undefined;
  const prepared = followPreparation(setup.world.clock, isPrepared && !inPlace ? [dir, scratch] : [], clock);
  for (const what of inPlace ? (['build'] as const) : (['setup', 'build'] as const)) {
    const command = repro[what];
    const failed = command && (await runInArm(setup, arm, what, command));
    if (failed) return failed;
  }
  const made: Made = { ...arm, root: dir, prepared: prepared() };
  return inPlace ? made : { ...made, own: ownFrom([dir, scratch], clock) };
}

/** Environment variables that a git hook or alias sets. These variables would lead git in the arm to another repository. */
const gitPlaces =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX)$/;

function withoutGitPlaces(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !gitPlaces.test(name)));
}

/** Runs an untimed command of the contract in an arm. Returns undefined if the command succeeds. */
export async function runInArm(
  setup: RepoSetup,
  arm: Arm,
  what: Unprepared['what'],
  command: string,
): Promise<Unprepared | undefined> {
  const seconds = setup.contract.repro.timeout_s * 4;
  const { signal } = setup.world;
  // The commands `setup` and `build` may fetch dependencies, even in a closed room.
  const network = what === 'correctness' ? {} : { network: 'full' as const };
  const ended = await runIn(arm, command, { timeoutMs: seconds * 1000, signal, ...network });
  if (setup.world.signal.aborted) throw failure('interrupted');
  if (ended.exitCode === 0) return undefined;
  mustHaveRoomLeft(arm);
  const reason = ended.timedOut ? `not done after ${seconds} s` : `exit code ${ended.exitCode ?? ended.signal}`;
  return { what, command, reason, output: lastLines(setup.redact(ended.stderr + ended.stdout)) };
}

export const isUnprepared = (arm: Made | Unprepared | NoRoom): arm is Unprepared => 'what' in arm;

/**
 * Returns the arm if its preparation succeeded, else throws.
 * @throws command_failed
 */
export function mustBeReady(arm: Made | Unprepared): Made {
  if (isUnprepared(arm)) throw failure('command_failed', arm);
  return arm;
}

/**
 * Converts a failed preparation to a reason for rejecting the candidate. `on`: the word for the arm in messages, `candidate` in a run and
 * `head` in a comparison.
 */
export function preparationFailed({ what, command, reason, output }: Unprepared, on: 'candidate' | 'head'): Reason {
  return { code: `${what}_failed`, command, reason, last_words: lastWords(output), on } as Reason;
}
