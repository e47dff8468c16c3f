import { posix } from 'node:path';
import { agentHooks } from './agent-hooks.ts';
import type { Candidate } from './finding.ts';
import type { Tree } from './tree.ts';

/** Commands for workloads that are in no manifest, for any language: shell benchmarks, slow queries, and hooks with a fixed input. */
export function workloads(tree: Tree): Candidate[] {
  return [...shellBenchmarks(tree), ...queries(tree), ...agentHooks(tree), ...hookPrograms(tree)];
}

function shellBenchmarks(tree: Tree): Candidate[] {
  return tree.files
    .filter((f) => /^((bench|benchmarks?|perf)\/[^/]+|bench(mark)?)\.sh$/.test(f))
    .slice(0, 5)
    .map((f) => ({ command: `sh ${f}`, kind: 'bench', found_in: f }));
}

/**
 * SQL files that are named like a query. The queries run on the project's SQLite file, or else on the PostgreSQL database that the
 * environment names.
 */
function queries(tree: Tree): Candidate[] {
  const database = tree.files.find((f) => /\.(db|sqlite3?)$/.test(f));
  const client = database ? `sqlite3 ${database} <` : 'psql --no-psqlrc --set=ON_ERROR_STOP=1 --file';
  return tree.files
    .filter((f) => /(^|\/)(slow|bench|quer)[^/]*\.sql$/i.test(f))
    .slice(0, 3)
    .map((f) => ({ command: `${client} ${f}`, kind: 'bench', found_in: f }));
}

const interpreters: Record<string, string> = { sh: 'sh', py: 'python3', js: 'node', cjs: 'node', mjs: 'node' };

/** Programs in `hooks/`, if the project has an event file as their input. React's hooks (`useX` files) are left out. */
function hookPrograms(tree: Tree): Candidate[] {
  const event = tree.files.find((f) => /^[\w./-]*event[\w.-]*\.json$/i.test(f));
  if (!event) return [];
  return tree.files
    .filter((f) => /^([^/]+\/)?hooks\/(?!use[A-Z])[^/]+\.(sh|py|[cm]?js)$/.test(f))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 5)
    .map((f) => ({
      command: `${interpreters[posix.extname(f).slice(1)]} ${f} < ${event}`,
      kind: 'hook',
      found_in: f,
      input: event,
    }));
}

/**
 * 0 for a file whose name says when a hook runs or what the hook does. Such files come first. 1 for any other file, which is probably only
 * a part of a hook.
 */
const rank = (file: string) =>
  /guard|hook|pre|post|stop|session|check|lint|format/i.test(posix.basename(file)) ? 0 : 1;
