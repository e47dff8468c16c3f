import { basename } from 'node:path';
import { pids, programOf, type Seen } from './proc.ts';

/**
 * One way to recognise a process of Claude Code. Telemetry contains no process id, so processes are recognised by the file and the
 * arguments of their program.
 */
type Look = { installed: string; is: (program: { file: string; words: () => readonly string[] }) => boolean };

const isScriptHost = (file: string) => ['node', 'bun'].includes(basename(file));

/**
 * All ways to recognise a process of Claude Code. A user's own script called `claude` does not match, because the program of its process is
 * a shell.
 */
const looks: readonly Look[] = [
  { installed: 'by its own installer', is: ({ file }) => /\/claude\/versions\/\d[^/]*$/.test(file) },
  {
    installed: 'as one executable file, by npm or by a download',
    is: ({ file }) => /^claude(?:\.exe)?$/.test(basename(file)),
  },
  {
    installed: 'from npm before version 2, as a script',
    is: ({ file, words }) => isScriptHost(file) && /@anthropic-ai\/claude-code\/cli\.m?js$/.test(words()[1] ?? ''),
  },
  {
    installed: 'from npm, as a script that renamed its process',
    is: ({ file, words }) => isScriptHost(file) && words()[0]?.trim() === 'claude',
  },
];

/** Whether a process is Claude Code and belongs to this user. The command line of the process is read, but not stored. */
function isClient(pid: number, uid: number): boolean {
  const program = programOf(pid, uid);
  return program !== undefined && looks.some(({ is }) => is(program));
}

/**
 * A known process is examined again after this number of searches, because a process can replace its program (exec). A new process is
 * examined in two successive searches, because it begins as a copy of its parent and can still have the parent's program at the first
 * search.
 */
const AGAIN = 12;

/**
 * Returns a function that searches for the pids of clients. The function caches the result for each process, so that repeated searches are
 * cheap.
 */
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

/** The clients that no other client started. All other clients are in the process trees of these clients. */
export function outermost(clients: readonly number[], all: ReadonlyMap<number, Seen>): number[] {
  const isBelow = (pid: number, depth = 0): boolean => {
    const parent = all.get(pid)?.parent;
    if (parent === undefined || depth > MOST_DEPTH) return false;
    return clients.includes(parent) || isBelow(parent, depth + 1);
  };
  return clients.filter((pid) => all.has(pid) && !isBelow(pid));
}

/**
 * At most this number of a process's ancestors are examined. Processes start and end while they are read, so a process may seem to be its
 * own ancestor.
 */
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
