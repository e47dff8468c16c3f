import { parseArgs } from 'node:util';
import { figuresOf } from './busy/figures.ts';
import { textOf } from './busy/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// How well the gate detects planted gains while other processes keep the machine busy. Exit code 1: a goal is missed. See docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    tries: { type: 'string' },
  },
});
const tries = values.tries ? Number(values.tries) : values.quick ? 3 : 20;
const figures = await figuresOf(tries, machineLine(), (text) => process.stderr.write(`${text}\n`));
print(values.json ? JSON.stringify(figures) : textOf(figures));
process.exitCode = figures.goals.every((g) => g.reached) ? 0 : 1;
