import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cost, costs } from './hooks/costs.ts';
import { goalsOf } from './hooks/goals.ts';
import { drivenProject, idleProject } from './hooks/projects.ts';
import { inTemporaryPlace } from './shared/bench.ts';
import { shown } from './shared/figure.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// The cost of the plugin's hooks in a session of an agent, without and with a run. See docs/benchmarks.md.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } } });
if (!existsSync(fileURLToPath(new URL('../dist/hook.cjs', import.meta.url)))) {
  process.stderr.write('The command line is not built: npm run build\n');
  process.exit(3);
}

const rounds = Number(values.rounds ?? 60);
const shell = { name: 'sh -c :', argv: ['sh', '-c', ':'] as [string, ...string[]] };
const node = { name: 'node -e 0', argv: [process.execPath, '-e', '0'] as [string, ...string[]] };
const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };
const figures = await inTemporaryPlace(contract, async (place) => {
  const idle = await costs(place, idleProject(place.arm('idle')), shell, rounds);
  const driven = await costs(place, await drivenProject(place.arm('driven')), node, rounds);
  const names = { shell: shell.name, node: node.name, end: 'SessionEnd' };
  return {
    machine: machineLine(),
    without_run: idle.costs,
    with_run: driven.costs,
    goals: goalsOf(idle.exact, driven.exact, names),
  };
});
const lines = (rows: Cost[], reference: string) =>
  table(
    ['event', 'ms', `by ${reference}`],
    rows.map(({ event, wall_ms, ratio }) => [event, shown(wall_ms), shown(ratio)]),
  );
print(
  values.json
    ? JSON.stringify(figures)
    : [
        figures.machine,
        `In turn, in random order, ${rounds} rounds; medians, in brackets 95 % intervals.`,
        '\nWithout a run\n',
        lines(figures.without_run, shell.name),
        '\nWith a run that the session drives\n',
        lines(figures.with_run, node.name),
        '\nGoals\n',
        ...figures.goals.map(({ goal, figure, reached }) => `${reached.padEnd(7)}  ${goal}: ${shown(figure)}`),
      ].join('\n'),
);
