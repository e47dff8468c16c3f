import type { Io, Seen } from './proc.ts';

/** A process of a tree. `io`: the disk bytes of the process; null if the system does not report disk bytes. */
export type Member = Seen & { io: Io | null };

/** A process tree at one reading. The function `usedBetween` explains `owed`. */
export type Tree = { at_ms: number; members: readonly Member[]; owed: Used };

/** The resources that a tree used between two readings. */
type Used = { cpu_ms: number; read_bytes: number; write_bytes: number };

const nothing: Used = { cpu_ms: 0, read_bytes: 0, write_bytes: 0 };

export const firstLook = (at_ms: number, members: readonly Member[]): Tree => ({ at_ms, members, owed: nothing });

const keyOf = ({ pid, start }: Seen) => `${pid} ${start}`;

const counters: Record<keyof Used, (member: Member) => number> = {
  cpu_ms: ({ cpu_ms }) => cpu_ms,
  read_bytes: ({ io }) => io?.read_bytes ?? 0,
  write_bytes: ({ io }) => io?.write_bytes ?? 0,
};

/**
 * The resources that a process tree used since the last reading. When a process ends, Linux adds its counters to the counters of its
 * parent, so the sum over the tree also includes children that lived only between two readings. If a process ends while the other processes
 * are read, its counters can be missing from this reading, so the sum becomes smaller. The decrease is returned as `owed`. At the next
 * reading, the parent's counters include the ended process, which earlier readings already counted. The next call therefore subtracts
 * `owed`. `left`: returns whether a process is alive but no longer in the tree.
 */
export function usedBetween(
  before: Tree,
  members: readonly Member[],
  left: (key: string) => boolean,
): { used: Used; owed: Used } {
  const stayed = before.members.filter((member) => !left(keyOf(member)));
  const own = new Map(before.members.map((member) => [keyOf(member), member.own_cpu_ms]));
  const least = members.reduce((sum, one) => sum + one.own_cpu_ms - (own.get(keyOf(one)) ?? 0), 0);
  const change = (name: keyof Used) => {
    const sum = (of: readonly Member[]) => of.reduce((all, member) => all + counters[name](member), 0);
    return sum(members) - sum(stayed) - before.owed[name];
  };
  const cpu = change('cpu_ms');
  const [read, write] = [change('read_bytes'), change('write_bytes')];
  return {
    used: { cpu_ms: Math.max(0, least, cpu), read_bytes: Math.max(0, read), write_bytes: Math.max(0, write) },
    owed: { cpu_ms: Math.max(0, -cpu), read_bytes: Math.max(0, -read), write_bytes: Math.max(0, -write) },
  };
}

/** Adds disk bytes to each process. For a process that has just ended, the bytes of its last reading are used. */
export function withIo(
  tree: readonly Seen[],
  before: Tree | undefined,
  ioOf: (pid: number) => Io | undefined,
): Member[] {
  const known = new Map(before?.members.map((member) => [keyOf(member), member.io]));
  return tree.map((seen) => ({ ...seen, io: ioOf(seen.pid) ?? known.get(keyOf(seen)) ?? null }));
}

/**
 * Returns a function that takes the key of a process. The function returns whether this process is alive and outside of the tree, for
 * example because it left the tree.
 */
export function outside(all: Iterable<Seen>, tree: readonly Seen[]): (key: string) => boolean {
  const inside = new Set(tree);
  const keys = new Set([...all].filter((seen) => !inside.has(seen)).map(keyOf));
  return (key) => keys.has(key);
}
