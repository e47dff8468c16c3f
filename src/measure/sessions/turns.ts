import { type BigIntStats, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimes, writeDurable } from '../../core/fs.ts';
import type { ArmName, OwnFolders } from './arm.ts';

/** What a session changed in the folders of its arms. */
export type Footprint = {
  /** Paths in the base's own folders that were last changed while the candidate was prepared or had its turn. */
  trespasses: string[];
  /** Sizes in bytes of the files written during the session, added up by arm. */
  written: Record<ArmName, number>;
};

/** Follows whose turn it is. Call `begin` before anything of an arm runs, and `end` when nothing of either arm runs any more. */
export type Turns = { begin(arm: ArmName): void; end(): Footprint };

type Turn = { arm: ArmName; from: bigint; to: bigint };

/** Paths that are reported: a few show what happened. */
const SHOWN = 3;

/** The folders of an arm that is ready, to be followed from now on. */
export function ownFrom(folders: readonly string[], clock: string): OwnFolders {
  return { folders, clock, since: fileTime(clock) };
}

type Followed = { own?: OwnFolders };

/**
 * Detects when the candidate's code writes into the base, which makes the base worthless. Only the base itself has a reason to write
 * there, so that a path whose change time lies within a turn of the candidate is a trespass. All times come from the file system, read
 * by touching a file of ours: no other clock has to agree with them, and no program can set them. Nothing is followed where an arm is
 * missing or has no folders of its own.
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

/** The present time of the file system. `clock`: a file of ours there. */
export function fileTime(clock: string): bigint {
  if (!existsSync(clock)) writeDurable(clock, '');
  setTimes(clock, 1); // any value will do: setting it makes the change time now
  return changeTime(clock);
}

type Changed = { path: string; stat: BigIntStats };

/** All that was changed later, among the folders and everything in them. A folder changes when a name in it does. */
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

/** What changed within a turn of the arm. The clock of the file system is coarse: a change at the edge of a turn is not held against the arm. */
function inTurnOf(arm: ArmName, turns: readonly Turn[], changed: readonly Changed[]): string[] {
  const others = turns.filter((t) => t.arm !== arm);
  const its = turns.filter((t) => t.arm === arm);
  const within = ({ stat: { ctimeNs } }: Changed) =>
    its.some((t) => t.from < ctimeNs && ctimeNs < t.to) && !others.some((t) => t.from <= ctimeNs && ctimeNs <= t.to);
  return firstOnes(changed.filter(within));
}

/** Files if there are any, else folders: a changed file says more than the folder that it is in. */
function firstOnes(changed: readonly Changed[]): string[] {
  const folders = changed.filter(({ stat }) => stat.isDirectory());
  const files = changed.filter(({ stat }) => !stat.isDirectory());
  return (files.length > 0 ? files : folders).map(({ path }) => path).slice(0, SHOWN);
}

/** The sizes in bytes of the files below these folders that were written later. */
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
