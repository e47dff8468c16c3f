import { availableParallelism, totalmem } from 'node:os';
import type { Clock } from '../../core/clock.ts';
import { MINUTE } from '../../core/time.ts';
import { type MonitorEvent, ofNoSession } from '../event.ts';
import { clientSearch, outermost, treeOf } from './clients.ts';
import { type Look, summary } from './figures.ts';
import { machineLook } from './machine.ts';
import { bytesOfPage, folderOf, ioOf, processesSeen, type Seen } from './proc.ts';
import { firstLook, outside, type Tree, usedBetween, withIo } from './used.ts';

/** Interval between readings of a running client, in ms. */
export const EVERY_MS = 1000;
/** Interval between searches for clients, in ms. While no client runs, only this search is done. */
const SEARCH_MS = 5000;
/** The length in ms of the period whose readings one event summarises. */
const KEPT_MS = MINUTE;

const MB = 1024 ** 2;

/** A client. `folder`: the client's working folder. `look`: the client's last reading, null before the first reading. */
export type LiveClient = { pid: number; folder: string | null; look: Look | null };

export type ResourceWatch = {
  /** Reads the resources of clients if a reading is due; to be called every second. */
  look(): void;
  /** The clients that were running at the last reading. */
  live(): LiveClient[];
  /** Writes an event with the readings that are not yet in an event. */
  end(): void;
};

type Watched = {
  clock: Clock;
  keep: (events: readonly MonitorEvent[]) => void;
  /**
   * Finds the pids of processes that are possibly clients. Tests replace this function, because real clients may run on the same machine.
   */
  find?: () => number[];
};

/** One client whose resources are read. `since_ms`: the time of the first reading that is not yet in an event. */
type Followed = {
  pid: number;
  start: string;
  folder: string | null;
  tree: Tree;
  looks: Look[];
  last: Look | null;
  since_ms: number;
};

/** Reads the resources of the processes of Claude Code. On a system without /proc, no processes are found. */
export function resourceWatch({ clock, keep, find = clientSearch(process.getuid?.() ?? -1) }: Watched): ResourceWatch {
  const [cores, memory, page] = [availableParallelism(), totalmem(), bytesOfPage()];
  const followed = new Map<string, Followed>();
  let machine: Look[] = [];
  let searched_ms = -Infinity;

  const hand = (one: Followed) => {
    if (one.looks.length > 0) keep([eventOf('client', clock, one.looks, `${one.pid} ${one.start}`)]);
    one.looks = [];
    one.since_ms = clock.ms();
  };
  const handMachine = () => {
    if (machine.length > 0) keep([eventOf('machine', clock, machine, 'machine')]);
    machine = [];
  };
  const search = (all: ReadonlyMap<number, Seen>, found: readonly number[]) => {
    for (const pid of outermost(found, all)) {
      const { start } = all.get(pid)!;
      if (followed.has(`${pid} ${start}`)) continue;
      const tree = firstLook(clock.ms(), withIo(treeOf(pid, all), undefined, ioOf));
      const one = { pid, start, folder: folderOf(pid) ?? null, tree, looks: [], last: null, since_ms: clock.ms() };
      followed.set(`${pid} ${start}`, one);
    }
  };
  const lookAt = (one: Followed, all: ReadonlyMap<number, Seen>) => {
    const seen = treeOf(one.pid, all);
    const members = withIo(seen, one.tree, ioOf);
    const at_ms = clock.ms();
    const seconds = (at_ms - one.tree.at_ms) / 1000;
    if (seconds <= 0) return;
    const { used, owed } = usedBetween(one.tree, members, outside(all.values(), seen));
    one.tree = { at_ms, members, owed };
    const cpu_pct = Math.min(100 * cores, used.cpu_ms / (10 * seconds));
    const rss = members.reduce((sum, { rss_bytes }) => sum + rss_bytes, 0);
    const [read_mb_s, write_mb_s] = [used.read_bytes / MB / seconds, used.write_bytes / MB / seconds];
    one.last = {
      cpu_pct,
      cpu_share_pct: cpu_pct / cores,
      rss_mb: rss / MB,
      memory_share_pct: (100 * rss) / memory,
      read_mb_s,
      write_mb_s,
      disk_mb_s: read_mb_s + write_mb_s,
      processes: members.length,
    };
    one.looks.push(one.last);
  };

  return {
    look() {
      const due = clock.ms() - searched_ms >= SEARCH_MS;
      if (due) searched_ms = clock.ms();
      const found = due ? find() : [];
      if (found.length === 0 && followed.size === 0) return;
      const all = new Map(processesSeen(page).map((seen) => [seen.pid, seen]));
      for (const [key, one] of followed) {
        if (all.get(one.pid)?.start === one.start) lookAt(one, all);
        else {
          hand(one);
          followed.delete(key);
        }
        if (clock.ms() - one.since_ms >= KEPT_MS) hand(one);
      }
      search(all, found);
      if (followed.size > 0) machine.push(machineLook(cores));
      if (followed.size === 0 || machine.length * EVERY_MS >= KEPT_MS) handMachine();
    },
    live: () => [...followed.values()].map(({ pid, folder, last }) => ({ pid, folder, look: last })),
    end() {
      for (const one of followed.values()) hand(one);
      handMachine();
    },
  };
}

function eventOf(name: 'client' | 'machine', clock: Clock, looks: readonly Look[], who: string): MonitorEvent {
  const t = Date.parse(clock.now());
  return {
    t,
    kind: 'resource',
    name,
    duration_ms: null,
    ok: null,
    ...ofNoSession,
    source: 'proc',
    identity: `${who} ${t}`,
    attributes: { ...summary(looks), ...(name === 'client' ? { client: who.split(' ')[0]! } : {}) },
  };
}
