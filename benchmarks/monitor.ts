import { parseArgs } from 'node:util';
import { goalsOf } from './monitor/goals.ts';
import { ruleRows } from './monitor/rules.ts';
import { textOf } from './monitor/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// How often the monitor's rule calls a hook slower that is not, beside the usual rules. Exit code 1 when a goal is missed. See docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'perf-gate' },
    series: { type: 'string' },
  },
});
const series = Number(values.series ?? (values.quick ? 100 : 1000));
const rules = ruleRows(series, values.seed);
const goals = goalsOf(rules);
const machine = machineLine();
print(
  values.json
    ? JSON.stringify({ machine, seed: values.seed, rules, goals })
    : `${machine}; seed "${values.seed}"\n${textOf(rules, goals)}`,
);
process.exitCode = goals.every((g) => g.reached) ? 0 : 1;
