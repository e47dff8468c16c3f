import { basename } from 'node:path';
import { pids, programOf, type Seen } from './proc.ts';

/** One way in which a process of Claude Code looks. Telemetry names no process, so that they are found by their programs. */
type Look = { installed: string; is: (program: { file: string; words: () => readonly string[] }) => boolean };

const isScriptHost = (file: string) => ['node', 'bun'].includes(basename(file));

/** A script called `claude` that somebody wrote is none of these: its program is a shell. */
const looks: readonly Look[] = [
  { installed: 'by its own installer', is: ({ file }) => /\/claude\/versions\/\d[^/]*$/.test(file) },
  { installed: 'from npm, or otherwise as one file', is: ({ file }) => /^claude(?:\.exe)?$/.test(basename(file)) },
  {
    installed: 'from npm before version 2, as a script',
    is: ({ file, words }) => isScriptHost(file) && /@anthropic-ai\/claude-code\/cli\.m?js$/.test(words()[1] ?? ''),
  },
  {
    installed: 'the same, once it has named itself',
    is: ({ file, words }) => isScriptHost(file) && words()[0]?.trim() === 'claude',
  },
];

/** Whether a process is one of Claude Code, and this user's. Of its command line nothing is kept. */
function isClient(pid: number, uid: number): boolean {
  const program = programOf(pid, uid);
  return program !== undefined && looks.some(({ is }) => is(program));
}

/** A process is looked at twice, since it begins as a copy of the one that starts it; then every twelfth time, as it may become another program. */
const AGAIN = 12;

/** Searches for the pids of clients. What was found out of a process is remembered: a search that is repeated costs little. */
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

/** Those of the clients that no other one started: their trees hold the others. */
export function outermost(clients: readonly number[], all: ReadonlyMap<number, Seen>): number[] {
  const isBelow = (pid: number, depth = 0): boolean => {
    const parent = all.get(pid)?.parent;
    if (parent === undefined || depth > MOST_DEPTH) return false;
    return clients.includes(parent) || isBelow(parent, depth + 1);
  };
  return clients.filter((pid) => all.has(pid) && !isBelow(pid));
}

/** Processes come and go while they are read, so that a chain of parents may run in a circle. */
const MOST_DEPTH = 1000;

/** A process with all that it started, and what these did. */
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
