import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecrets } from '../contract/secrets.ts';
import { failure } from '../core/errors.ts';
import { runScript } from '../core/exec.ts';
import { remove, writeDurable } from '../core/fs.ts';
import { lastLines } from '../core/text.ts';
import { prepareArm } from '../git/arms.ts';
import { freeze } from '../git/freeze.ts';
import { type Arm, armEnvironment } from '../measure/sessions/arm.ts';
import { changedAfter, ownFrom } from '../measure/sessions/turns.ts';
import { mustHaveRoom, mustHaveRoomLeft } from './disk-space.ts';
import { dirOf, type Ground } from './setup.ts';

/** The copy that both arms are made from: the whole work tree as it was at the baseline, ignored files too. */
export type Frozen = { dir: string; tree: string; skipped: string[] };

/** What is there once the frozen copy is whole; nothing in it is younger. */
const markOf = (ground: Ground) => join(ground.place, 'frozen.json');

/** A command of the user's that failed while an arm was prepared. */
export type Unprepared = { what: string; command: string; reason: string; output: string };

/**
 * Freezes the work tree once; `tree` is what it holds now. A copy that is there already is used again: ignored files must be those
 * of the baseline in every attempt. Null where nothing is copied: clean trees, or the user's own. Throws `frozen_changed`, and what
 * making room and copying throw.
 */
export async function frozenCopy(ground: Ground, tree: () => Promise<string>): Promise<Frozen | null> {
  if (ground.contract.isolation !== 'copy') return null;
  const dir = join(ground.place, 'f');
  const mark = markOf(ground);
  if (existsSync(mark)) {
    const path = changedAfter(dir, mark);
    if (path) throw failure('frozen_changed', { path: join(dir, path) });
    return JSON.parse(readFileSync(mark, 'utf8')) as Frozen;
  }
  await mustHaveRoom(ground);
  const held = await tree();
  const { skipped } = await freeze(ground.repo, dir);
  const frozen: Frozen = { dir, tree: held, skipped };
  writeDurable(mark, JSON.stringify(frozen));
  return frozen;
}

/** What somebody changed in the frozen copy since it was made; arms come from it, so that nobody may. */
export function touchedFrozen(ground: Ground, frozen: Frozen | null): string | undefined {
  return frozen === null ? undefined : changedAfter(frozen.dir, markOf(ground));
}

/**
 * Makes an arm afresh, so that nothing of an earlier one is left in it: the frozen copy (or a clean tree) brought to `tree`, then
 * `setup` and `build`. In place, it is the user's own tree, and only `build` is run.
 */
export async function makeArm(
  ground: Ground,
  name: 'a' | 'b',
  given: { frozen: Frozen | null; tree: string },
): Promise<Arm | Unprepared> {
  const { repo, contract, world } = ground;
  const inPlace = contract.isolation === 'in_place';
  const dir = inPlace ? repo.root : dirOf(ground, name);
  const scratch = join(ground.place, `${name}s`);
  if (!inPlace) {
    await prepareArm(repo, {
      dir,
      frozen: given.frozen?.dir ?? null,
      frozenTree: given.frozen?.tree ?? null,
      tree: given.tree,
    });
    remove(scratch);
  }
  const project = join(dir, repo.prefix);
  const base = {
    ...withoutOurs(world.env),
    ...contract.repro.env,
    ...readSecrets(repo.project, contract.secrets_file),
  };
  const env = armEnvironment(base, { project: repo.root, tree: dir, scratch });
  const arm: Arm = { dir: join(project, contract.repro.cwd), env };
  const { setup, build } = contract.repro;
  const steps = [
    ...(setup && !inPlace ? [['setup', setup] as const] : []),
    ...(build ? [['build', build] as const] : []),
  ];
  for (const [what, command] of steps) {
    const failed = await runInArm(ground, arm, what, command);
    if (failed) return failed;
  }
  return inPlace ? arm : { ...arm, own: ownFrom([dir, scratch], join(ground.place, 'turn')) };
}

/** Runs an untimed command of the contract in an arm; what is given back says how it failed. */
export async function runInArm(
  ground: Ground,
  arm: Arm,
  what: string,
  command: string,
): Promise<Unprepared | undefined> {
  const seconds = ground.contract.repro.timeout_s * 4;
  const ended = await runScript(command, {
    cwd: arm.dir,
    env: { ...arm.env, PWD: arm.dir },
    timeoutMs: seconds * 1000,
    signal: ground.world.signal,
  });
  if (ground.world.signal.aborted) throw failure('interrupted');
  if (ended.exitCode === 0) return undefined;
  mustHaveRoomLeft(arm);
  const reason = ended.timedOut ? `not done after ${seconds} s` : `exit code ${ended.exitCode ?? ended.signal}`;
  return { what, command, reason, output: lastLines(ground.redact(ended.stderr + ended.stdout)) };
}

export const isUnprepared = (arm: Arm | Unprepared): arm is Unprepared => 'what' in arm;

/** The arm, or the user's command that failed as an error. */
export function mustBeReady(arm: Arm | Unprepared): Arm {
  if (isUnprepared(arm)) throw failure('command_failed', arm);
  return arm;
}

/** Nothing may tell a program that it is being measured. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PERF_GATE_')));
}
