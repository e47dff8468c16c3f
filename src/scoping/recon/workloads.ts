import { posix } from 'node:path';
import { agentHooks } from './agent-hooks.ts';
import type { Candidate } from './finding.ts';
import type { Tree } from './tree.ts';

/** Workloads that are files rather than scripts of a manifest: slow queries, and hooks with a fixed input. */
export function workloads(tree: Tree): Candidate[] {
  return [...queries(tree), ...agentHooks(tree), ...hooks(tree)];
}

/** SQL files named for a query, with the database file that lies in the project, or else the one PostgreSQL is told of. */
function queries(tree: Tree): Candidate[] {
  const database = tree.files.find((f) => /\.(db|sqlite3?)$/.test(f));
  const client = database ? `sqlite3 ${database} <` : 'psql --no-psqlrc --set=ON_ERROR_STOP=1 --file';
  return tree.files
    .filter((f) => /(^|\/)(slow|bench|quer)[^/]*\.sql$/i.test(f))
    .slice(0, 3)
    .map((f) => ({ command: `${client} ${f}`, kind: 'bench', found_in: f }));
}

const runners: Record<string, string> = { sh: 'sh', py: 'python3', js: 'node', cjs: 'node', mjs: 'node' };

/** Programs in `hooks/`, where an event lies in the project that they can be given; React's `useX` are none. */
function hooks(tree: Tree): Candidate[] {
  const event = tree.files.find((f) => /^[\w./-]*event[\w.-]*\.json$/i.test(f));
  if (!event) return [];
  return tree.files
    .filter((f) => /^([^/]+\/)?hooks\/(?!use[A-Z])[^/]+\.(sh|py|[cm]?js)$/.test(f))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 5)
    .map((f) => ({ command: `${runners[posix.extname(f).slice(1)]} ${f} < ${event}`, kind: 'hook', found_in: f }));
}

/** A program that reads an event is named for what it does at one; the files beside it are its parts. */
const rank = (file: string) =>
  /guard|hook|pre|post|stop|session|check|lint|format/i.test(posix.basename(file)) ? 0 : 1;
