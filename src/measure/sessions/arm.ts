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
 * The folders that only one arm has a reason to write into. `clock`: a file of ours beside them, which shows the time of the file
 * system; `since`: that time when the folders were last known to be intact.
 */
export type OwnFolders = { folders: readonly string[]; clock: string; since: bigint };

/**
 * A prepared tree to be measured: the working directory inside it, and the whole environment of its commands. `script`: the command of
 * this arm, where the arms differ in their commands instead of their trees; without it the arm runs the command of the plan. `own`: the
 * folders that belong to this arm alone, where it has such folders. `room`: the closed room that it runs in; `env` is then that of the room.
 */
export type Arm = {
  dir: string;
  env: Record<string, string>;
  script?: string;
  own?: OwnFolders;
  room?: ArmRoom;
} & ArmCommand;

/**
 * `at`: the working directory as it is seen in the room; `own`: the arm's folders as they are seen there; `tmp`: that for temporary files, as
 * it is seen outside.
 */
export type ArmRoom = Room & { at: string; own: string[]; tmp: string };

/** The folder for our own files beside an execution, as it is seen outside of every room. */
export const temporaryOf = ({ env, room }: Pick<Arm, 'env' | 'room'>): string => room?.tmp ?? env.TMPDIR ?? tmpdir();

/** Runs an untimed command line of the contract in an arm, by a shell; with `full` in the network of the machine. */
export function runIn(
  { dir, env, room }: Arm,
  script: string,
  { network, ...limits }: { timeoutMs: number; signal?: AbortSignal; network?: 'full' },
): Promise<Finished> {
  if (!room) return runScript(script, { cwd: dir, env: { ...env, PWD: dir }, ...limits });
  const argv = room.enter(['/bin/sh', '-c', script], room.at, network);
  return runCommand(argv, { cwd: dir, env: { ...env, PWD: room.at }, ...limits });
}

/** What an arm left running. Its processes are those of its room, else they are recognised by its own TMPDIR. */
export const processesOf = ({ env, room, own }: Arm): Process[] =>
  room?.walls === 'namespaces' ? room.processes() : own ? processesWith(`TMPDIR=${env.TMPDIR}`) : [];

/** What else belongs to a command of an arm's own. */
type ArmCommand = {
  /** Run by a shell before and after every execution, untimed; `beforeEach` in place of the plan's. */
  beforeEach?: string;
  afterEach?: string;
  /** The file on its stdin, relative to `dir`; left out: nothing. */
  input?: string;
  exits?: Exits;
};

/** Null for an arm that is not measured in a session: its samples are given, or the arm does not exist yet. */
export type Arms = { base: Arm | null; candidate: Arm | null };

/**
 * The environment of an arm: the user's, with two changes. Cache and temporary files go to folders of the arm's own under `scratch`,
 * which are created. Every mention of the project's path becomes the arm's path, because PATH entries and the variables of package
 * managers would otherwise lead back into the original tree. HOME stays. Give both arms paths of equal length: the size of the
 * environment moves a program's stack, and that changes its speed.
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

/** Replaces a path where it stands as a whole: in `/a/b:/a/b/bin` and `-I/a/b`, but not in `/a/bc` or `/x/a/b`. */
function relocate(value: string, { project, tree }: { project: string; tree: string }): string {
  const goesOn = (before: string, after: string) => /\/[^:;,=\s'"]*[\w.-]$/.test(before) || /^[\w.-]/.test(after);
  return value.split(project).reduce((done, rest) => done + (goesOn(done, rest) ? project : tree) + rest);
}

type Around = { before_each?: string; command: { timeout_s: number } };

/** Runs what comes before an execution in the arm, untimed. Returns the fault if it failed. */
export const prepare = (plan: Around, arm: Arm, tools: Tools): Promise<Fault | undefined> =>
  runUntimed('before_each', arm.beforeEach ?? plan.before_each, { plan, arm, tools });

/** The same after an execution. */
export const conclude = (plan: Around, arm: Arm, tools: Tools): Promise<Fault | undefined> =>
  runUntimed('after_each', arm.afterEach, { plan, arm, tools });

/** How those who type a command line know it. */
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
