import { parseArgs } from 'node:util';
import { figuresOf } from './gate/figures.ts';
import { textOf } from './gate/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// The gate's error rates, power and cost. Exit code 1: a goal is missed. See docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'perf-gate' },
    runs: { type: 'string' },
    first: { type: 'string' },
    last: { type: 'string' },
  },
});
const { quick, seed } = values;
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const runs = number(values.runs) ?? (quick ? 20 : 200);
const [first, last] = [number(values.first), number(values.last)];
const figures = await figuresOf(
  {
    quick,
    effort: { runs, powerAttempts: 5 * runs, rated: quick ? 200 : 50 * runs, seed },
    runs: { ...(first ? { first } : {}), ...(last ? { last } : {}) },
  },
  machineLine(),
);
print(values.json ? JSON.stringify(figures) : textOf(figures));
process.exitCode = figures.goals.every((g) => g.reached) ? 0 : 1;
