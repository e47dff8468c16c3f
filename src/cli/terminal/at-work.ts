import { runLock, runPaths } from '../../artifact/paths.ts';
import { holderOf, type LiveHolder } from '../../core/lock.ts';
import { duration, quantity } from '../../core/units.ts';
import { type Holding, holderText } from '../../experiment/measurement-lock.ts';
import { measurementQueue } from '../../measure/environment/machine-lock.ts';
import { backgroundOf, type Progress, progressOf } from '../../run/background.ts';
import type { Place } from './find-run.ts';

/** A process that works on a run, and its progress. `since` is ISO 8601 in UTC. */
export type AtWork = { pid: number; since: string; progress: Progress | null };

/** The process that works on the run, in the background or in another terminal. Null if no process works on it. */
export function atWorkOn({ project, run }: Place): AtWork | null {
  const paths = runPaths(project, run);
  const background = backgroundOf(paths);
  const by: LiveHolder | undefined = background.state === 'working' ? background.by : holderOf(runLock(project));
  return by ? { pid: by.pid, since: by.since, progress: progressOf(paths) ?? null } : null;
}

/**
 * The process and its progress in one line: `pid 7: baseline, 7 of 12 executions (up to 46), about 3 min left, base 12 ms, candidate 9 ms`.
 */
export function atWorkText({ pid, progress }: AtWork): string {
  if (!progress) return `pid ${pid}`;
  const { stage, measuring, done, next_look, total, unit, seconds_left } = progress;
  const medians = { base: progress.base_median, candidate: progress.candidate_median };
  const parts = [
    measuring ?? stage,
    ...(total === null ? [] : [`${done} of ${next_look} executions${next_look === total ? '' : ` (up to ${total})`}`]),
    ...(seconds_left === null ? [] : [`about ${duration(seconds_left)} left`]),
    ...Object.entries(medians).flatMap(([arm, m]) => (m === null ? [] : [`${arm} ${quantity(m, unit ?? '')}`])),
  ];
  return `pid ${pid}: ${parts.join(', ')}`;
}

/** A line of text if the process in the background was killed; otherwise no line. */
export function killedText({ project, run }: Place): string[] {
  const background = backgroundOf(runPaths(project, run));
  return background.state === 'died'
    ? [
        `killed   pid ${background.pid}, which worked in the background: \`perf-gate resume --detach\` continues the run`,
      ]
    : [];
}

/** The process that measures on this machine, and the processes that wait for their turn, in order. */
type Queue = { measuring: Holding | null; waiting: Holding[] };

/** The current queue. Reading the queue changes nothing. */
export function queueNow(env: NodeJS.ProcessEnv): Queue {
  const { holder, waiting } = measurementQueue(env);
  return { measuring: holder && holdingOf(holder), waiting: waiting.map(holdingOf) };
}

/** The queue as lines of `status`. Empty if no process measures. */
export function queueLines({ measuring, waiting }: Queue): string[] {
  return [
    ...(measuring ? [`measures ${holderText(measuring)}`] : []),
    ...waiting.map((process, i) => `waits ${i + 1}  ${holderText(process)}`),
  ];
}

const holdingOf = ({ pid, host, since, what }: LiveHolder): Holding => ({ pid, host, since, what });
