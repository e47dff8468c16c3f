import { basename } from 'node:path';
import { pids, programOf, type Seen } from './proc.ts';

/** One way to recognise a process of Claude Code. Telemetry contains no process id, so processes are found by their programs. */
type Look = { installed: string; is: (program: { file: string; words: () => readonly string[] }) => boolean };

const isScriptHost = (file: string) => ['node', 'bun'].includes(basename(file));

/** A user's own script called `claude` does not match: its program is a shell. */
const looks: readonly Look[] = [
  { installed: 'by its own installer', is: ({ file }) => /\/claude\/versions\/\d[^/]*$/.test(file) },
  { installed: 'from npm, or otherwise as one file', is: ({ file }) => /^claude(?:\.exe)?$/.test(basename(file)) },
  {
    installed: 'from npm before version 2, as a script',
    is: ({ file, words }) => isScriptHost(file) && /@anthropic-ai\/claude-code\/cli\.m?js$/.test(words()[1] ?? ''),
  },
  {
    installed: 'from npm, as a script that renamed its process',
    is: ({ file, words }) => isScriptHost(file) && words()[0]?.trim() === 'claude',
  },
];

/** Whether a process is Claude Code and belongs to this user. Its command line is not stored. */
function isClient(pid: number, uid: number): boolean {
  const program = programOf(pid, uid);
  return program !== undefined && looks.some(({ is }) => is(program));
}

/**
 * A process is examined in its first two searches, because it begins as a copy of its parent; then in every twelfth search, because it may
 * exec another program.
 */
const AGAIN = 12;

/** Returns a function that searches for the pids of clients. It caches the result for each process, so that repeated searches are cheap. */
export function clientSearch(uid: number): () => number[] {
  let known = new Map<number, { is: boolean; searches: number }>();
  return () => {
    known = new Map(
      pids().map((pid) => {
        const { is, searches } = known.get(pid) ?? { is: false, searches: 0 };
        const isDue = searches < 2 || searches % AGAIN === 0;
        return [pid, { is: isDue ? isClient(pid, uid) : is, searches: searches + 1 }];
      }),
    );
    return [...known].flatMap(([pid, { is }]) => (is ? [pid] : []));
  };
}

/** The clients that no other client started; the others are in the trees of these. */
export function outermost(clients: readonly number[], all: ReadonlyMap<number, Seen>): number[] {
  const isBelow = (pid: number, depth = 0): boolean => {
    const parent = all.get(pid)?.parent;
    if (parent === undefined || depth > MOST_DEPTH) return false;
    return clients.includes(parent) || isBelow(parent, depth + 1);
  };
  return clients.filter((pid) => all.has(pid) && !isBelow(pid));
}

/** Limits the chain of parents: processes start and end while they are read, so it may be circular. */
const MOST_DEPTH = 1000;

/** A process with all its descendants. */
export function treeOf(root: number, all: ReadonlyMap<number, Seen>): Seen[] {
  const children = new Map<number, Seen[]>();
  for (const seen of all.values()) {
    const siblings = children.get(seen.parent);
    if (siblings) siblings.push(seen);
    else children.set(seen.parent, [seen]);
  }
  const found = new Set<Seen>();
  const next = [all.get(root)];
  for (let seen = next.pop(); seen && !found.has(seen); seen = next.pop()) {
    found.add(seen);
    next.push(...(children.get(seen.pid) ?? []));
  }
  return [...found];
}
