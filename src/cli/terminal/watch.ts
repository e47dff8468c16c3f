import { setTimeout as sleep } from 'node:timers/promises';
import { runPaths } from '../../artifact/paths.ts';
import { exit, failure } from '../../core/errors.ts';
import { openRepo } from '../../git/repo.ts';
import { readRun } from '../../record/runs.ts';
import { backgroundOf, endOf, errorOf } from '../../run/background.ts';
import { standing } from '../../run/engine.ts';
import { openSession } from '../../run/open-run.ts';
import { runOutcome } from '../../run/outcome.ts';
import type { Tools } from '../command.ts';
import { type AtWork, atWorkOn, atWorkText, type Place } from './at-work.ts';
import { tellStop } from './drive.ts';

const POLL_MS = 100;

/**
 * Waits until nobody works on the run, for `seconds` at most. Tells where it stands then, as `next` would have told it, and returns
 * its exit code; undefined while somebody works on. Throws the error that ended the work in the background, and `background_died`.
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
  return tellResult(place, tools);
}

/** Tells that somebody still works on the run. */
export function tellAtWork({ project, run }: Place, tools: Tools): void {
  const background = atWorkOn({ project, run });
  if (tools.json)
    tools.out(JSON.stringify({ ...runOutcome(readRun(project, run), runPaths(project, run)), background }));
  else if (background) tools.out(atWorkText(background));
}

async function tellResult({ project, run }: Place, tools: Tools): Promise<number> {
  const paths = runPaths(project, run);
  const { stage, ended } = readRun(project, run);
  const background = backgroundOf(paths);
  if (background.state === 'died')
    throw failure('background_died', { pid: background.pid, stage, log: paths.detachedLog });
  const error = endOf(paths)?.error;
  if (error) throw errorOf(error);
  const session = openSession(await openRepo(project), run, tools);
  const stop = standing(session);
  if (!stop) throw failure('nothing_to_wait_for', { stage });
  const code = await tellStop(session, stop, tools);
  return ended ? code : exit.done;
}
