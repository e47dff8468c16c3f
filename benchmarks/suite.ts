import { parseArgs } from 'node:util';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';
import { goalsOf, shareOf } from './suite/goals.ts';
import { simulate, type World } from './suite/simulated.ts';

// How often a suite of 100 benchmarks errs in any benchmark, and its power. See docs/benchmarks.md.

const MARGIN = 3;
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, suites: { type: 'string', default: '1000' } },
});
const same = (n: number, slower: number) => Array.from({ length: n }, () => slower);
const worlds: World[] = [
  { name: 'nothing changed', spreadPct: 2, slower: same(100, 0) },
  { name: 'five of 100 slower by 10 %', spreadPct: 2, slower: [...same(5, 10), ...same(95, 0)] },
  { name: 'all slower by the margin', spreadPct: 2, slower: same(100, MARGIN) },
];
const outcomes = worlds.map((world) => ({ name: world.name, ...simulate(world, Number(values.suites), MARGIN) }));
const [unchanged, planted, atMargin] = outcomes;
const goals = goalsOf(unchanged!, planted!, atMargin!);
print(
  values.json
    ? JSON.stringify({ machine: machineLine(), outcomes, goals })
    : [
        `${values.suites} simulated suites of 100 benchmarks (normal noise of 2 %, margin ${MARGIN} %, alpha 5 %); in brackets 95 % intervals.`,
        table(
          ['suite', 'any falsely regressed', 'falsely better', 'falsely held', 'found', 'held', 'executions'],
          outcomes.map((one) => [
            one.name,
            shareOf(one.falselyRegressed, one.suites),
            shareOf(one.falselyBetter, one.suites),
            shareOf(one.falselyHeld, one.suites),
            shareOf(one.found, one.planted),
            shareOf(one.held, one.unchanged),
            one.executions.toFixed(1),
          ]),
        ),
        table(
          ['10 + 10 runs, each benchmark alone at 5 %', 'any falsely flagged', 'found', 'held', 'executions'],
          [unchanged!, planted!].map((one) => [
            one.name,
            shareOf(one.aloneFalse, one.suites),
            shareOf(one.aloneFound, one.planted),
            '–',
            '20.0',
          ]),
        ),
        goals.map(({ goal, figure, reached }) => `${reached ? 'reached' : 'missed '}  ${goal}: ${figure}`).join('\n'),
      ].join('\n\n'),
);
process.exitCode = goals.every(({ reached }) => reached) ? 0 : 1;
