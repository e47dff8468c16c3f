import { type BigIntStats, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimes, writeDurable } from '../../core/fs.ts';
import type { ArmName, OwnFolders } from './arm.ts';

/** The changes of a session in the folders of its arms. */
export type Footprint = {
  /** Paths in the base's own folders that were last changed while the candidate was prepared or had its turn. */
  trespasses: string[];
  /** Sizes in bytes of the files written during the session, added up by arm. */
  written: Record<ArmName, number>;
};

/** Records the turns of the arms. Call `begin` before any process of an arm starts, and `end` when no process of either arm runs any more. */
export type Turns = { begin(arm: ArmName): void; end(): Footprint };

type Turn = { arm: ArmName; from: bigint; to: bigint };

/** The most paths that are reported. */
const SHOWN = 3;

/** The own folders of an arm that is ready. Only later changes in these folders count. */
export function ownFrom(folders: readonly string[], clock: string): OwnFolders {
  return { folders, clock, since: fileTime(clock) };
}

type Followed = { own?: OwnFolders };

/**
 * Detects writes of the candidate's code into the base's folders, after which the base's samples are worthless. Only the base itself has a
 * reason to write there, so every path that changed during a turn of the candidate counts as a trespass. All times come from the file
 * system's own clock, which perf-gate reads by touching a file. No second clock is involved, and no program can set a change time. If an
 * arm is missing or has no own folders, nothing is detected.
 */
export function followTurns(arms: { base: Followed | null; candidate: Followed | null }): Turns {
  const [base, candidate] = [arms.base?.own, arms.candidate?.own];
  if (!base || !candidate) return { begin() {}, end: () => ({ trespasses: [], written: { base: 0, candidate: 0 } }) };
  const before = firstOnes(changedSince(base.folders, base.since));
  const start = fileTime(base.clock);
  const turns: Turn[] = [];
  let open: Omit<Turn, 'to'> | undefined;
  return {
    begin(arm) {
      if (open?.arm === arm) return;
      const from = fileTime(base.clock);
      if (open) turns.push({ ...open, to: from });
      open = { arm, from };
    },
    end() {
      const to = fileTime(base.clock);
      if (open) turns.push({ ...open, to });
      const [here, there] = [changedSince(base.folders, start), changedSince(candidate.folders, start)];
      base.since = to;
      candidate.since = to;
      return {
        trespasses: [
          ...base.folders.filter((dir) => !existsSync(dir)),
          ...before,
          ...inTurnOf('candidate', turns, here),
        ],
        written: { base: bytesOf(here), candidate: bytesOf(there) },
      };
    },
  };
}

const changeTime = (path: string) => lstatSync(path, { bigint: true }).ctimeNs;

/** The current time of a file system. `clock`: a file of perf-gate on this file system. */
export function fileTime(clock: string): bigint {
  if (!existsSync(clock)) writeDurable(clock, '');
  setTimes(clock, 1); // the value does not matter: setting a file's time updates the change time to now
  return changeTime(clock);
}

type Changed = { path: string; stat: BigIntStats };

/**
 * The entries that changed after `since`, among the folders and everything in them. A folder changes when an entry is added, removed or
 * renamed.
 */
function changedSince(folders: readonly string[], since: bigint): Changed[] {
  const found: Changed[] = [];
  const look = (root: string, path: string) => {
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat) return;
    if (stat.ctimeNs > since) found.push({ path: relative(root, path) || '.', stat });
    if (stat.isDirectory()) for (const name of namesIn(path)) look(root, join(path, name));
  };
  for (const folder of folders) look(folder, folder);
  return found;
}

/** Paths that changed within a turn of the arm. Changes at the edge of a turn do not count, because the file system's clock is coarse. */
function inTurnOf(arm: ArmName, turns: readonly Turn[], changed: readonly Changed[]): string[] {
  const others = turns.filter((t) => t.arm !== arm);
  const its = turns.filter((t) => t.arm === arm);
  const within = ({ stat: { ctimeNs } }: Changed) =>
    its.some((t) => t.from < ctimeNs && ctimeNs < t.to) && !others.some((t) => t.from <= ctimeNs && ctimeNs <= t.to);
  return firstOnes(changed.filter(within));
}

/** The changed files. If no file changed, the changed folders, which are less precise. */
function firstOnes(changed: readonly Changed[]): string[] {
  const folders = changed.filter(({ stat }) => stat.isDirectory());
  const files = changed.filter(({ stat }) => !stat.isDirectory());
  return (files.length > 0 ? files : folders).map(({ path }) => path).slice(0, SHOWN);
}

/** The total size, in bytes, of the files below these folders that changed after `since`. */
export const bytesWritten = (folders: readonly string[], since: bigint): number =>
  bytesOf(changedSince(folders, since));

const bytesOf = (changed: readonly Changed[]) =>
  Number(changed.reduce((sum, { stat }) => sum + (stat.isFile() ? stat.size : 0n), 0n));

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // removed in the meantime
  }
}
