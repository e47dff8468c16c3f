import type { Io, Seen } from './proc.ts';

/** A process of a tree with the bytes that it moved; null where the system does not tell. */
export type Member = Seen & { io: Io | null };

/** A tree at one look. `owed`: see `usedBetween`. */
export type Tree = { at_ms: number; members: readonly Member[]; owed: Used };

/** What a tree used between two looks. */
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
 * What a tree used since the look before. The counters of a process that ends go over to its parent, so that the sum over the tree loses
 * nothing, also of children that lived between two looks. A process may end while the others are read, and be missed in both places: what
 * the sum lost so is owed, and not counted again when the parent has it at the next look. `left`: alive, but no longer in the tree.
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

/** The members with the bytes that each moved. A process that just ended tells no more: what it told before still counts. */
export function withIo(
  tree: readonly Seen[],
  before: Tree | undefined,
  ioOf: (pid: number) => Io | undefined,
): Member[] {
  const known = new Map(before?.members.map((member) => [keyOf(member), member.io]));
  return tree.map((seen) => ({ ...seen, io: ioOf(seen.pid) ?? known.get(keyOf(seen)) ?? null }));
}

/** The keys of all processes outside of a tree, to tell those that left it. */
export function outside(all: Iterable<Seen>, tree: readonly Seen[]): (key: string) => boolean {
  const inside = new Set(tree);
  const keys = new Set([...all].filter((seen) => !inside.has(seen)).map(keyOf));
  return (key) => keys.has(key);
}
