import { type BigIntStats, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimes, writeDurable } from '../../core/fs.ts';
import type { ArmName, OwnFolders } from './arm.ts';

/** The changes that a session made in the folders of its arms. */
export type Footprint = {
  /** Paths in the base's own folders that were last changed while the candidate was prepared or had its turn. */
  trespasses: string[];
  /** For each arm, the total size in bytes of the files that were written in its folders during the session. */
  written: Record<ArmName, number>;
};

/**
 * Records the turns of the arms: the periods in which processes of only one arm run. `begin` must be called before a process of an arm
 * starts, and `end` when no process of either arm still runs.
 */
export type Turns = { begin(arm: ArmName): void; end(): Footprint };

type Turn = { arm: ArmName; from: bigint; to: bigint };

/** At most this number of paths is reported. */
const SHOWN = 3;

/** The folders that belong to an arm alone. Called when the arm has been prepared, because only later changes in these folders count. */
export function ownFrom(folders: readonly string[], clock: string): OwnFolders {
  return { folders, clock, since: fileTime(clock) };
}

type Followed = { own?: OwnFolders };

/**
 * Detects whether code of the candidate writes into the base's own folders, which would make the base's samples worthless. Only the base
 * has a reason to write there, so every path in these folders that changed during a turn of the candidate is reported. Change times are
 * compared with the clock of the file system, which perf-gate reads by touching a file. No program can set a change time. If an arm is
 * missing or has no own folders, nothing is detected.
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
  setTimes(clock, 1); // the value 1 has no meaning: setting any time also sets the change time of the file to now
  return changeTime(clock);
}

type Changed = { path: string; stat: BigIntStats };

/**
 * The files and folders that changed after `since`: the given folders, and everything below them. A folder changes when something in it is
 * added, removed or renamed.
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

/**
 * Paths that changed during a turn of the arm. The clock of the file system is coarse, so changes at the very beginning or end of a turn do
 * not count.
 */
function inTurnOf(arm: ArmName, turns: readonly Turn[], changed: readonly Changed[]): string[] {
  const others = turns.filter((t) => t.arm !== arm);
  const its = turns.filter((t) => t.arm === arm);
  const within = ({ stat: { ctimeNs } }: Changed) =>
    its.some((t) => t.from < ctimeNs && ctimeNs < t.to) && !others.some((t) => t.from <= ctimeNs && ctimeNs <= t.to);
  return firstOnes(changed.filter(within));
}

/** The first paths of changed files or, if only folders changed, of changed folders. */
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
