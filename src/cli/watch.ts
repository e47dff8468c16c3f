import { setTimeout as sleep } from 'node:timers/promises';
import { runLock, runPaths } from '../artifact/paths.ts';
import { exit, failure } from '../core/errors.ts';
import { holderOf, type LiveHolder } from '../core/lock.ts';
import { duration, quantity } from '../core/units.ts';
import { openRepo } from '../git/repo.ts';
import { backgroundOf, endOf, errorOf, type Progress, progressOf } from '../workflow/detached.ts';
import { standing } from '../workflow/engine.ts';
import { runOutcome } from '../workflow/outcome.ts';
import { readRun } from '../workflow/runs.ts';
import { openSession } from '../workflow/session.ts';
import type { Tools } from './command.ts';
import { tellStop } from './drive.ts';

type Place = { project: string; run: string };

/** Who works on a run just now, and how far it has come. `since` is ISO 8601 in UTC. */
export type AtWork = { pid: number; since: string; progress: Progress | null };

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

/** Who works on the run, in the background or in another terminal. */
export function atWorkOn({ project, run }: Place): AtWork | null {
  const paths = runPaths(project, run);
  const background = backgroundOf(paths);
  const by: LiveHolder | undefined = background.state === 'working' ? background.by : holderOf(runLock(project));
  return by ? { pid: by.pid, since: by.since, progress: progressOf(paths) ?? null } : null;
}

/** Tells that somebody still works on the run. */
export function tellAtWork({ project, run }: Place, tools: Tools): void {
  const background = atWorkOn({ project, run });
  if (tools.json)
    tools.out(JSON.stringify({ ...runOutcome(readRun(project, run), runPaths(project, run)), background }));
  else if (background) tools.out(atWorkText(background));
}

/** One line for a person: `pid 7: baseline, 7 of 22 executions, about 3 min left, median 12 ms`. */
export function atWorkText({ pid, progress }: AtWork): string {
  if (!progress) return `pid ${pid}`;
  const { stage, measuring, done, total, median, unit, seconds_left } = progress;
  const parts = [
    measuring ?? stage,
    ...(total === null ? [] : [`${done} of ${total} executions`]),
    ...(seconds_left === null ? [] : [`about ${duration(seconds_left)} left`]),
    ...(median === null ? [] : [`median ${quantity(median, unit ?? '')}`]),
  ];
  return `pid ${pid}: ${parts.join(', ')}`;
}

/** For a person, where the process in the background was killed; else nothing. */
export function killedText({ project, run }: Place): string[] {
  const background = backgroundOf(runPaths(project, run));
  return background.state === 'died'
    ? [`killed   the process in the background (pid ${background.pid}): \`perf-gate resume --detach\` goes on`]
    : [];
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
