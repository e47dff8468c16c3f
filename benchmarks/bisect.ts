import { parseArgs } from 'node:util';
import { seededRandom } from '../src/stats/rng.ts';
import { bisectedForReal } from './bisect/real.ts';
import { bisected, type Found, type History, plainlyBisected } from './bisect/simulate.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// Whether `perf-gate bisect` finds planted regressions, and at what cost. Exit code 1: a goal is missed. See docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'perf-gate' },
    histories: { type: 'string', default: '20' },
    real: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

const MOST_EXECUTIONS = 120;
const random = seededRandom(values.seed);
const planted = (noise: number, count: number): History[] =>
  Array.from({ length: count }, (_, i) => ({
    commits: 64,
    first: 1 + Math.floor(random() * 64),
    pct: 10,
    noise,
    seed: `${values.seed} ${noise} ${i}`,
  }));

type Row = { name: string; found: number; wrong: number; of: number; executions: number };

function rowOf(name: string, histories: readonly History[], ends: readonly Found[]): Row {
  const right = ends.filter(({ found }, i) => found === histories[i]!.first).length;
  const nothing = ends.filter(({ found }) => found === null).length;
  const executions = ends.reduce((sum, one) => sum + one.executions, 0) / ends.length;
  return { name, found: right, wrong: ends.length - right - nothing, of: ends.length, executions };
}

const histories = planted(0.05, Number(values.histories));
const real = histories.slice(0, Number(values.real));
const inGit: Found[] = [];
for (const history of real) inGit.push(await bisectedForReal(history));
const many = planted(0.05, 1000);
const rows = [
  rowOf('perf-gate bisect, simulated', histories, histories.map(bisected)),
  rowOf('perf-gate bisect, in git repositories', real, inGit),
  rowOf('perf-gate bisect, 1,000 more', many, many.map(bisected)),
  rowOf(
    'plain bisection, 1 execution a commit',
    many,
    many.map((one) => plainlyBisected(one, 1)),
  ),
  rowOf(
    'plain bisection, 5 executions a commit',
    many,
    many.map((one) => plainlyBisected(one, 5)),
  ),
  rowOf(
    'plain bisection, 14 executions a commit',
    many,
    many.map((one) => plainlyBisected(one, 14)),
  ),
];
const goals = [
  { goal: `all ${histories.length} simulated regressions are found`, reached: rows[0]!.found === rows[0]!.of },
  { goal: `all ${real.length} in git repositories are found`, reached: rows[1]!.found === rows[1]!.of },
  { goal: 'no other commit is named', reached: rows.slice(0, 3).every(({ wrong }) => wrong === 0) },
  {
    goal: `at most ${MOST_EXECUTIONS} executions on average, of the simulated histories`,
    reached: [rows[0]!, rows[2]!].every(({ executions }) => executions <= MOST_EXECUTIONS),
  },
];
if (values.json) print(JSON.stringify({ rows, goals }));
else {
  const cells = rows.map((r) => [r.name, `${r.found} of ${r.of}`, String(r.wrong), r.executions.toFixed(0)]);
  print(machineLine());
  print(`\nA change of 10 % in 64 commits, at a noise of 5 %:\n`);
  print(table(['', 'found', 'wrong commit', 'executions'], cells));
  print(`\n${goals.map(({ goal, reached }) => `${reached ? 'reached' : 'MISSED '}  ${goal}`).join('\n')}`);
}
process.exitCode = goals.every(({ reached }) => reached) ? 0 : 1;
