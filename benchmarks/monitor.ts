import { parseArgs } from 'node:util';
import { commitRows, commitText } from './monitor/by-commit.ts';
import { goalsOf } from './monitor/goals.ts';
import { wronglyProved } from './monitor/proof.ts';
import { ruleRows } from './monitor/rules.ts';
import { type ServiceRow, serviceGoals, serviceRows } from './monitor/service-rows.ts';
import { goalsText, textOf } from './monitor/text.ts';
import { machineLine } from './shared/machine.ts';
import { print } from './shared/table.ts';

// The speed of the monitor, and the false alarms of its rule compared with common rules. Exit code 1: a goal is missed. See
// docs/benchmarks.md.

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'perf-gate' },
    series: { type: 'string' },
    only: { type: 'string', multiple: true },
    /** Further versions of Node, each with its own database driver. */
    node: { type: 'string', multiple: true, default: [] },
  },
});
const wants = (row: string) => !values.only || values.only.includes(row);
const rows = serviceRows.filter(wants) as ServiceRow[];
const ofService = await serviceGoals({ nodes: [process.execPath, ...values.node], rows, quick: values.quick });
const series = Number(values.series ?? (values.quick ? 100 : 1000));
const rules = wants('rules') ? ruleRows(series, values.seed) : [];
const byCommit = wants('commits') ? commitRows(series, values.seed) : [];
const goals = [...ofService, ...(rules.length > 0 ? goalsOf(rules, wronglyProved(2 * series, values.seed)) : [])];
const machine = machineLine();
print(
  values.json
    ? JSON.stringify({ machine, seed: values.seed, rules, by_commit: byCommit, goals })
    : [
        `${machine}; seed "${values.seed}"`,
        ...(rules.length > 0 ? [textOf(rules)] : []),
        ...(byCommit.length > 0 ? [commitText(byCommit)] : []),
        goalsText(goals),
      ].join('\n'),
);
process.exitCode = goals.every((g) => g.reached) ? 0 : 1;
