import type { ChildProcess } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseLinks } from '../../artifact/own-folders.ts';
import { runLock, runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import { openForOutput, removeFile } from '../../core/fs.ts';
import { holderOf } from '../../core/lock.ts';
import { openRepo } from '../../git/repo.ts';
import { readRun } from '../../record/read-run.ts';
import { backgroundOf, DETACHED, endOf, errorOf } from '../../run/background.ts';
import { standing } from '../../run/engine.ts';
import { viewOf } from '../../run/open-run.ts';
import { runOutcome } from '../../run/outcome.ts';
import { type AtWork, atWorkOn, atWorkText } from './at-work.ts';
import { printStop } from './drive.ts';
import { findRun, type Place } from './find-run.ts';
import type { Tools } from './tools.ts';

/** The commands that can run in the background. */
type Detachable = 'next' | 'resume';

/** The name under which the lock and `status` show the command. */
export const nameOf = (command: Detachable, { env }: Pick<Tools, 'env'>) =>
  env[DETACHED] ? `${command} --detach` : command;

/** How long a command with --detach waits for a brief or an error, in seconds. */
const AT_ONCE_S = 2;

/**
 * Continues the run of the current folder in the background. Returns 0 if perf-gate still works on the run after `AT_ONCE_S` seconds,
 * otherwise the exit code of the finished command.
 */
export async function detached(command: Detachable, tools: Tools, args: string[] = []): Promise<number> {
  const place = await findRun(tools.cwd);
  await detach([command, ...args], place, tools);
  const code = await watch(place, AT_ONCE_S, tools);
  if (code !== undefined) return code;
  printAtWork(place, tools);
  if (!tools.json) tools.say('The run goes on in the background. `perf-gate wait` waits for it.');
  return exit.done;
}

/**
 * Starts the command again as a background process, whose output goes to a log. The process has its own process session, so that it
 * outlives the terminal and the shell call. Returns when the process has taken over the run, or has ended.
 * @throws background_refused: the new process ended without taking over the run
 * @throws run_locked, no_active_run, interrupted
 */
export async function detach(
  [command, ...args]: [Detachable, ...string[]],
  { project, run }: Place,
  tools: Tools,
): Promise<void> {
  refuseLinks(project, run);
  const state = readRun(project, run);
  if (state.ended && command === 'next') throw failure('no_active_run', { run, ended: state.ended });
  const holder = holderOf(runLock(project));
  if (holder) throw failure('run_locked', holder);
  const paths = runPaths(project, run);
  removeFile(paths.detachedEnd);
  const child = launch([command, ...args, '--cwd', project], paths.detachedLog, tools);
  const began = () => endOf(paths) !== undefined || backgroundOf(paths).state === 'working';
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  while (!began() && !isGone() && !tools.signal.aborted) await sleep(20);
  if (began()) return;
  if (!isGone()) throw failure('interrupted');
  const output = readFileSync(paths.detachedLog, 'utf8').trim();
  throw failure('background_refused', { log: paths.detachedLog, output });
}

function launch(args: string[], log: string, { env }: Tools): ChildProcess {
  const out = openForOutput(log);
  const child = start(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
    env: { ...env, [DETACHED]: '1' },
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  child.unref();
  return child;
}

const POLL_MS = 100;

/**
 * Waits until no process works on the run, for at most `seconds`. Then prints the run's state and returns the exit code, as `next`
 * does. Returns undefined if a process still works on the run.
 * @throws background_died, and the error that ended the work in the background
 */
export async function watch(
  place: Place,
  seconds: number,
  tools: Tools,
  onWork?: (at: AtWork) => void,
): Promise<number | undefined> {
  const deadline = tools.clock.ms() + seconds * 1000;
  for (let at = atWorkOn(place); at; at = atWorkOn(place)) {
    if (tools.clock.ms() >= deadline || tools.signal.aborted) return undefined;
    onWork?.(at);
    await sleep(POLL_MS);
  }
  return printResult(place, tools);
}

/** Prints which process still works on the run. */
export function printAtWork({ project, run }: Place, tools: Tools): void {
  const background = atWorkOn({ project, run });
  if (tools.json)
    tools.out(JSON.stringify({ ...runOutcome(readRun(project, run), runPaths(project, run)), background }));
  else if (background) tools.out(atWorkText(background));
}

async function printResult({ project, run }: Place, tools: Tools): Promise<number> {
  const paths = runPaths(project, run);
  const view = viewOf(await openRepo(project), run, tools);
  const { stage, ended } = view.state;
  const background = backgroundOf(paths);
  if (background.state === 'died')
    throw failure('background_died', { pid: background.pid, stage, log: paths.detachedLog });
  const error = endOf(paths)?.error;
  if (error) throw errorOf(error);
  const stop = standing(view);
  if (!stop) throw failure('nothing_to_wait_for', { stage });
  const code = await printStop(view, stop, tools);
  return ended ? code : exit.done;
}
