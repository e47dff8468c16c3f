import { type BigIntStats, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimes, writeDurable } from '../../core/fs.ts';
import type { ArmName, OwnFolders } from './arm.ts';

/** What a session left in the folders of its arms. */
export type Footprint = {
  /** Paths of the base's own folders whose last change came when the candidate was prepared, or had its turn. */
  trespasses: string[];
  /** Bytes of the files that were written during the session, by arm. */
  written: Record<ArmName, number>;
};

/** Follows whose turn it is. `begin` before anything of an arm runs; `end` when nothing of either does any more. */
export type Turns = { begin(arm: ArmName): void; end(): Footprint };

type Turn = { arm: ArmName; from: bigint; to: bigint };

/** A few tell what happened. */
const SHOWN = 3;

/** The folders of an arm that is ready: from now on they are followed. */
export function ownFrom(folders: readonly string[], clock: string): OwnFolders {
  return { folders, clock, since: touch(clock) };
}

type Followed = { own?: OwnFolders };

/**
 * A base that the candidate's code has written into is no base any more. Nobody but the base itself has a reason to write there, so
 * that a path whose change time lies within a turn of the candidate tells. Times are those of the file system, asked by touching a
 * file of ours: no other clock need agree with them, and no program can set them. Nothing is followed where an arm is missing, or
 * has no folders of its own.
 */
export function followTurns(arms: { base: Followed | null; candidate: Followed | null }): Turns {
  const [base, candidate] = [arms.base?.own, arms.candidate?.own];
  if (!base || !candidate) return { begin() {}, end: () => ({ trespasses: [], written: { base: 0, candidate: 0 } }) };
  const before = firstOnes(changedSince(base.folders, base.since));
  const start = touch(base.clock);
  const turns: Turn[] = [];
  let open: Omit<Turn, 'to'> | undefined;
  return {
    begin(arm) {
      if (open?.arm === arm) return;
      const from = touch(base.clock);
      if (open) turns.push({ ...open, to: from });
      open = { arm, from };
    },
    end() {
      const to = touch(base.clock);
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

/** The time of the file system. */
function touch(clock: string): bigint {
  if (!existsSync(clock)) writeDurable(clock, '');
  setTimes(clock, 1); // any time will do: the change time is that of now
  return changeTime(clock);
}

/** The first path below the folder that was changed after the file was; undefined while there is none. */
export function changedAfter(folder: string, file: string): string | undefined {
  return firstOnes(changedSince([folder], changeTime(file)))[0];
}

type Changed = { path: string; stat: BigIntStats };

/** Everything in the folders, and they themselves, whose change time is later. A folder changes with the names in it. */
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

/** At the edges of a turn the clock of the file system is too coarse to tell: what lies on them is nobody's fault. */
function inTurnOf(arm: ArmName, turns: readonly Turn[], changed: readonly Changed[]): string[] {
  const others = turns.filter((t) => t.arm !== arm);
  const its = turns.filter((t) => t.arm === arm);
  const within = ({ stat: { ctimeNs } }: Changed) =>
    its.some((t) => t.from < ctimeNs && ctimeNs < t.to) && !others.some((t) => t.from <= ctimeNs && ctimeNs <= t.to);
  return firstOnes(changed.filter(within));
}

/** Files before folders: what was changed says more than where. */
function firstOnes(changed: readonly Changed[]): string[] {
  const folders = changed.filter(({ stat }) => stat.isDirectory());
  const files = changed.filter(({ stat }) => !stat.isDirectory());
  return (files.length > 0 ? files : folders).map(({ path }) => path).slice(0, SHOWN);
}

const bytesOf = (changed: readonly Changed[]) =>
  Number(changed.reduce((sum, { stat }) => sum + (stat.isFile() ? stat.size : 0n), 0n));

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // gone meanwhile
  }
}
