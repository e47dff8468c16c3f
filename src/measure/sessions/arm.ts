import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Room } from '../../cage/room.ts';
import { type Finished, runCommand, runScript } from '../../core/exec.ts';
import { makeDir } from '../../core/fs.ts';
import { type Process, processesWith } from '../../core/processes.ts';
import type { Tools } from '../instruments/instrument.ts';
import type { Exits, Fault } from './fault.ts';

export type ArmName = 'base' | 'candidate';

/**
 * The folders that belong to one arm alone. The other arm has no reason to write into them. `clock`: a file of perf-gate on the same file
 * system, from which perf-gate reads the time of this file system. `since`: a time by the clock of the file system. perf-gate
 * never reports changes before this time.
 */
export type OwnFolders = { folders: readonly string[]; clock: string; since: bigint };

/**
 * A prepared tree that is measured. `dir`: the working directory in the tree. `env`: all environment variables of the arm's commands.
 * `script`: the arm's own command, if the arms differ in their commands instead of their trees. Without `script`, the arm runs the command
 * of the plan. `room`: the closed room (sandbox) in which the commands run. With a room, `env` is the environment in the room.
 */
export type Arm = {
  dir: string;
  env: Record<string, string>;
  script?: string;
  own?: OwnFolders;
  room?: ArmRoom;
} & ArmCommand;

/**
 * The closed room (sandbox) of an arm. `at`: the working directory, as a path in the room. `own`: the folders that belong to the arm alone,
 * as paths in the room. `tmp`: the folder for temporary files, as a path outside the room.
 */
export type ArmRoom = Room & { at: string; own: string[]; tmp: string };

/** The folder for perf-gate's own files during an execution, as a path outside the closed room. */
export const temporaryOf = ({ env, room }: Pick<Arm, 'env' | 'room'>): string => room?.tmp ?? env.TMPDIR ?? tmpdir();

/** Runs an untimed command line of the contract in an arm, in a shell. With `full`, the command uses the machine's network. */
export function runIn(
  { dir, env, room }: Arm,
  script: string,
  { network, ...limits }: { timeoutMs: number; signal?: AbortSignal; network?: 'full' },
): Promise<Finished> {
  if (!room) return runScript(script, { cwd: dir, env: { ...env, PWD: dir }, ...limits });
  const argv = room.enter(['/bin/sh', '-c', script], room.at, network);
  return runCommand(argv, { cwd: dir, env: { ...env, PWD: room.at }, ...limits });
}

/**
 * The processes of an arm that still run: all processes in the arm's closed room, or without a room, all processes whose environment has
 * the arm's TMPDIR.
 */
export const processesOf = ({ env, room, own }: Arm): Process[] =>
  room?.walls === 'namespaces' ? room.processes() : own ? processesWith(`TMPDIR=${env.TMPDIR}`) : [];

/** Settings of an arm that has a command of its own. */
type ArmCommand = {
  /** Scripts that a shell runs before and after every execution, untimed. `beforeEach` replaces the plan's `before_each`. */
  beforeEach?: string;
  afterEach?: string;
  /** The file on the command's stdin, relative to `dir`. Without this file, stdin is empty. */
  input?: string;
  exits?: Exits;
};

/** The two arms of a session. An arm is null if it is not measured: either its samples exist already, or there is no candidate yet. */
export type Arms = { base: Arm | null; candidate: Arm | null };

/**
 * The environment of an arm: the user's environment with two changes. First, cache and temporary files go to the arm's own folders under
 * `scratch`, which this function creates. Second, the path of the project is replaced by the path of the arm in every variable except HOME.
 * Otherwise PATH and the variables of package managers would point to the original tree. The paths of both arms must have the same length,
 * because the size of the environment moves a program's stack, and this changes the program's speed.
 */
export function armEnvironment(
  env: NodeJS.ProcessEnv,
  paths: { project: string; tree: string; scratch: string },
): Record<string, string> {
  const own = { XDG_CACHE_HOME: join(paths.scratch, 'cache'), TMPDIR: join(paths.scratch, 'tmp') };
  for (const dir of Object.values(own)) makeDir(dir);
  const moved: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== 'OLDPWD') moved[name] = name === 'HOME' ? value : relocate(value, paths);
  }
  return { ...moved, ...own };
}

/**
 * Replaces the path of the project, but not a part of another path: `/a/b` is replaced in `/a/b:/a/b/bin` and `-I/a/b`, but not in `/a/bc`
 * or `/x/a/b`.
 */
function relocate(value: string, { project, tree }: { project: string; tree: string }): string {
  const goesOn = (before: string, after: string) => /\/[^:;,=\s'"]*[\w.-]$/.test(before) || /^[\w.-]/.test(after);
  return value.split(project).reduce((done, rest) => done + (goesOn(done, rest) ? project : tree) + rest);
}

type Around = { before_each?: string; command: { timeout_s: number } };

/** Runs the script that comes before an execution in the arm, untimed. Returns the fault if the script failed. */
export const prepare = (plan: Around, arm: Arm, tools: Tools): Promise<Fault | undefined> =>
  runUntimed('before_each', arm.beforeEach ?? plan.before_each, { plan, arm, tools });

/** Runs the script that comes after an execution in the arm, untimed. Returns the fault if the script failed. */
export const conclude = (plan: Around, arm: Arm, tools: Tools): Promise<Fault | undefined> =>
  runUntimed('after_each', arm.afterEach, { plan, arm, tools });

/** For each script, the option of `perf-gate measure` that sets it. */
const typed = { before_each: '--prepare', after_each: '--conclude' } as const;

async function runUntimed(
  what: keyof typeof typed,
  script: string | undefined,
  { plan, arm, tools }: { plan: Around; arm: Arm; tools: Tools },
): Promise<Fault | undefined> {
  if (!script) return undefined;
  const timeoutMs = plan.command.timeout_s * 1000;
  const ended = await runIn(arm, script, { timeoutMs, ...(tools.signal ? { signal: tools.signal } : {}) });
  if (ended.exitCode === 0) return undefined;
  const how = ended.timedOut
    ? `not done after ${plan.command.timeout_s} s`
    : `exit code ${ended.exitCode ?? ended.signal}`;
  const stderr = ended.stderr.length > 4096 ? `…${ended.stderr.slice(-4096)}` : ended.stderr;
  const name = arm.script === undefined ? what : typed[what];
  return { code: what, reason: `${name} failed (${how}): ${script}`, stderr };
}
