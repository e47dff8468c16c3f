import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { remove, temporaryDir } from '../src/core/fs.ts';
import { userCache } from '../src/core/locate.ts';
import { goalsOf } from './arms/goals.ts';
import { prepared, type Row } from './arms/prepare.ts';
import { textOf } from './arms/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// The time to make the arms of a project with many ignored files, compared with `cp -a`. Exit code 1: a goal is missed. See docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
// The real folder of arms, because file systems differ.
const dir = temporaryDir(userCache({ HOME: homedir(), ...process.env }), 'bench-arms-');
try {
  const rows: Row[] = [];
  for (const files of values.quick ? [1000] : [1000, 10_000, 35_000]) rows.push(await prepared(dir, files, rounds));
  const figures = { machine: machineLine(), rounds, rows, goals: goalsOf(rows) };
  print(values.json ? JSON.stringify(figures) : textOf(figures));
  process.exitCode = figures.goals.every((g) => g.reached) ? 0 : 1;
} finally {
  remove(dir);
}
