import type { ChildProcess } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownFolders } from '../../artifact/own-folders.ts';
import { runLock, runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { start } from '../../core/exec.ts';
import { openForOutput, removeFile } from '../../core/fs.ts';
import { holderOf } from '../../core/lock.ts';
import { chooseRun, readRun } from '../../record/runs.ts';
import { backgroundOf, DETACHED, endOf } from '../../run/background.ts';
import type { Tools } from '../command.ts';
import { projectOf } from './project.ts';
import { tellAtWork, watch } from './watch.ts';

/** The commands that can go on in the background. */
type Detachable = 'next' | 'resume';

/** What such a command is called while it works: in the lock, and where it is told who works here. */
export const nameOf = (command: Detachable, { env }: Pick<Tools, 'env'>) =>
  env[DETACHED] ? `${command} --detach` : command;

/** A result that comes at once is told at once: a brief, or why nothing can be done. */
const AT_ONCE_S = 2;

/** Goes on with the run of the current folder in the background. Exits with 0 when it does, else as the command does. */
export async function detached(command: Detachable, tools: Tools, args: string[] = []): Promise<number> {
  const project = await projectOf(tools.cwd);
  const place = { project, run: chooseRun(project) };
  await detach([command, ...args], place, tools);
  const code = await watch(place, AT_ONCE_S, tools);
  if (code !== undefined) return code;
  tellAtWork(place, tools);
  if (!tools.json) tools.say('The run goes on in the background. `perf-gate wait` waits for it.');
  return exit.done;
}

/**
 * Starts the command again in the background: in a session of its own, so that it outlives the terminal and the shell call, with its
 * words in a log. Returns when it has taken the run over, or has ended. Throws `background_refused` where it did neither.
 */
export async function detach(
  [command, ...args]: [Detachable, ...string[]],
  { project, run }: { project: string; run: string },
  tools: Tools,
): Promise<void> {
  ownFolders(project, run);
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
