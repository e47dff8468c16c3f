import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { run } from '../../core/exec.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { oneLine } from '../../core/text.ts';
import { gitVersion } from '../../git/repo.ts';
import { isTooOld, OLDEST_GIT } from '../../git/version.ts';
import { findInstrument } from '../../measure/instruments/find.ts';
import { python3 } from '../../measure/instruments/python.ts';
import { type CounterName, counterProblem } from '../../measure/sources/counters.ts';
import type { Check, Finding, Machine } from './check.ts';

/**
 * Checks of the programs that perf-gate and contracts call. Each check starts one of the programs. A missing optional program is no
 * warning.
 */
export const programChecks: Check[] = [
  { id: 'node', meaning: 'perf-gate itself runs on Node.', look: node },
  { id: 'instrument', meaning: 'The instrument measures wall time, CPU time and peak memory.', look: instrument },
  { id: 'python3', meaning: 'Python measures instead of the native helper if there is no C compiler.', look: python },
  {
    id: 'hardware_counters',
    meaning: 'Optional, for `source: instructions`: the processor counts instructions at full speed.',
    look: (machine) => counter('instructions', machine),
  },
  {
    id: 'valgrind',
    meaning:
      'Optional, for `source: callgrind`: valgrind counts every instruction; it is slow, but the count is the same on every machine.',
    look: (machine) => counter('callgrind', machine),
  },
  { id: 'profilers', meaning: 'Optional: profilers find the hotspots.', look: profilers },
  { id: 'git', meaning: 'git makes the two compared trees, and keeps every attempt.', look: git },
];

const oldestNode = [20, 19] as const;

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const remedy = `Install Node ${oldestNode.join('.')} or later.`;
  return { status: enough ? 'ok' : 'fail', found: process.version, remedy };
}

/** For each instrument, what it measures badly or not at all. Null for an instrument that measures everything well. */
const blind = {
  native: null,
  python3: 'it does not see peak memory below 9 MB',
  hyperfine: 'older versions do not see peak memory',
  plain: 'it measures wall time only, and this time is 1 to 2 ms too long',
};

async function instrument({ env }: Machine): Promise<Finding> {
  try {
    const { method } = await findInstrument(env);
    const lacks = blind[method];
    if (!lacks) return { status: 'ok', found: `${method}, tried` };
    return { status: 'warn', found: `${method}: ${lacks}`, remedy: 'Install a C compiler (cc).' };
  } catch (error) {
    return {
      status: 'fail',
      found: oneLine((error as Error).message),
      remedy: 'Install a C compiler (cc).',
    };
  }
}

async function python({ env }: Machine): Promise<Finding> {
  const prepared = await python3.prepare(env);
  return { status: 'ok', found: 'missing' in prepared ? `none (${prepared.missing})` : 'there' };
}

async function counter(name: CounterName, { env }: Machine): Promise<Finding> {
  const known = Object.fromEntries(Object.entries(env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  const problem = await counterProblem(name, known);
  return { status: 'ok', found: problem ? `none (${problem})` : 'counts' };
}

async function profilers({ env }: Machine): Promise<Finding> {
  const asked = await Promise.all([
    cpuProf(env),
    ...['perf', 'py-spy'].map(async (name) => ({ name, works: await answers(name, env) })),
  ]);
  const names = (works: boolean) => asked.filter((a) => a.works === works).map((a) => a.name);
  const [there, none] = [names(true), names(false)].map((list) => list.join(', '));
  return { status: 'ok', found: [there, none && `none: ${none}`].filter(Boolean).join('; ') };
}

async function cpuProf(env: NodeJS.ProcessEnv): Promise<{ name: string; works: boolean }> {
  const dir = temporaryDir(env.TMPDIR ?? tmpdir(), 'pg-');
  try {
    await run(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${dir}`, '-e', '0'], {
      cwd: dir,
      env,
      timeoutMs: 20_000,
    });
    return { name: 'node --cpu-prof', works: readdirSync(dir).some((file) => file.endsWith('.cpuprofile')) };
  } finally {
    remove(dir);
  }
}

async function answers(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await run(program, ['--version'], { env, timeoutMs: 20_000 })).exitCode === 0;
}

async function git(): Promise<Finding> {
  const version = await gitVersion();
  if (version === null)
    return {
      status: 'fail',
      found: 'none',
      remedy: 'Install git; `measure`, `judge` and `compare -- A -- B` work without git.',
    };
  return {
    status: isTooOld(version) ? 'fail' : 'ok',
    found: version,
    remedy: `Install git ${OLDEST_GIT} or later; \`measure\`, \`judge\` and \`compare -- A -- B\` work without git.`,
  };
}
