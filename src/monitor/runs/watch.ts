import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runPaths, runsDir } from '../../artifact/paths.ts';
import type { Clock } from '../../core/clock.ts';
import { DAY } from '../../core/time.ts';
import { readRun } from '../../record/read-run.ts';
import type { RunState } from '../../record/state.ts';
import type { MonitorEvent } from '../event.ts';
import { ownFile, runsOnDisk } from '../sources/own-file.ts';
import { eventsOfState } from '../sources/runs.ts';
import { type LiveRun, liveRun } from './live.ts';

/** Interval of searches for runs of perf-gate, in ms. While no run is active, only this search is done. */
const SEARCH_MS = 10_000;
/** Interval of reloads in ms while a run is active. Reloads show new samples, but must be rare enough not to disturb the measurement. */
const SAMPLES_MS = 5000;
/** How long an ended run is shown, in ms. */
const SHOWN_MS = DAY;
/**
 * At most this number of runs are read per project. The newest runs are read, because older runs are rarely active. The ids of runs
 * begin with the time, so they sort by time.
 */
const MOST_RUNS = 3;
const MOST_PROJECTS = 50;

export type RunWatch = {
  /** Reads the journals of active runs, and searches for other runs at intervals of `SEARCH_MS`; to be called every second. */
  look(): void;
  /** The active runs, followed by the runs that ended in the last day, the newest first. */
  live(): LiveRun[];
  /** Returns a number that changes when a stage finishes, and at intervals while a run is active. */
  version(): number;
};

type Watched = {
  clock: Clock;
  /** Returns the folders of sessions. Runs are searched for in these folders and in the folders above them. */
  folders: () => readonly string[];
  keep: (events: readonly MonitorEvent[]) => void;
};

type Known = { project: string; id: string; stamp: string; state: RunState | null };

/** Watches the journals of runs in known projects. An unreadable journal is ignored until the journal changes. */
export function runWatch({ clock, folders, keep }: Watched): RunWatch {
  let known = new Map<string, Known>();
  let searched_ms = -Infinity;
  let version = 0;
  let bumped_ms = -Infinity;
  const bump = () => {
    version++;
    bumped_ms = clock.ms();
  };
  const now = () => Date.parse(clock.now());

  const read = (project: string, id: string): Known | null => {
    const key = `${project}\0${id}`;
    const stamp = stampOf(project, id);
    const before = known.get(key);
    if (stamp === null || before?.stamp === stamp) return before ?? null;
    const state = stateOf(project, id);
    if (state) keep(eventsOfState(state));
    bump();
    return { project, id, stamp, state };
  };

  return {
    look() {
      const isDue = clock.ms() - searched_ms >= SEARCH_MS;
      const goesOn = [...known.values()].filter(({ state }) => state?.ended === null);
      if (!isDue && goesOn.length === 0) return;
      if (isDue) searched_ms = clock.ms();
      const all = isDue ? projectsOf(folders()).flatMap(newestRuns) : goesOn;
      const found = all.flatMap(({ project, id }) => read(project, id) ?? []);
      const entries = found.map((one) => [`${one.project}\0${one.id}`, one] as const);
      known = new Map(isDue ? entries : [...known, ...entries]);
      if (goesOn.length > 0 && clock.ms() - bumped_ms >= SAMPLES_MS) bump();
    },
    version: () => version,
    live: () =>
      [...known.values()]
        .flatMap(({ project, state }) => (state ? [{ project, state }] : []))
        .filter(({ state }) => state.ended === null || now() - Date.parse(state.steps.at(-1)?.at ?? '') < SHOWN_MS)
        .flatMap(({ project, state }) => shown(project, state) ?? [])
        .sort((a, b) => Number(b.ended === null) - Number(a.ended === null) || b.since - a.since),
  };
}

/**
 * The folders of projects with runs. For each given folder, the result has the nearest folder with runs: the given folder or one of its
 * parent folders in the same work tree.
 */
function projectsOf(folders: readonly string[]): string[] {
  const found = folders.flatMap((folder) => projectAbove(folder) ?? []);
  return [...new Set(found)].slice(0, MOST_PROJECTS);
}

function projectAbove(folder: string): string | undefined {
  for (let dir = folder; ; dir = dirname(dir)) {
    if (existsSync(runsDir(dir))) return dir;
    if (existsSync(join(dir, '.git')) || dirname(dir) === dir) return undefined;
  }
}

const newestRuns = (project: string) =>
  runsOnDisk(project)
    .slice(-MOST_RUNS)
    .map((id) => ({ project, id }));

/** A text that changes whenever a run's journal changes; null if the journal does not exist or is not a file of the project. */
function stampOf(project: string, id: string): string | null {
  try {
    const { mtimeMs, size } = ownFile(project, runPaths(project, id).journal);
    return `${mtimeMs} ${size}`;
  } catch {
    return null;
  }
}

function stateOf(project: string, id: string): RunState | null {
  try {
    return readRun(project, id);
  } catch {
    return null;
  }
}

function shown(project: string, state: RunState): LiveRun | null {
  try {
    return liveRun(project, state);
  } catch {
    return null; // the samples are damaged
  }
}
