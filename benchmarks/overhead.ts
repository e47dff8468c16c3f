import { parseArgs } from 'node:util';
import { perSample } from './overhead/sessions.ts';
import { isBuilt, startUps } from './overhead/startup.ts';
import { inTemporaryPlace } from './shared/bench.ts';
import { shown } from './shared/figure.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// The cost of perf-gate itself: its start-up, and the overhead of each sample. See docs/benchmarks.md.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } } });
if (!isBuilt()) {
  process.stderr.write('The command line is not built: npm run build\n');
  process.exit(3);
}

const rounds = Number(values.rounds ?? 80);
const sessions = Math.max(6, Math.round(rounds / 5));
const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };
const figures = await inTemporaryPlace(contract, async (place) => ({
  start_up: await startUps(place, rounds),
  per_sample: await perSample(place, sessions),
  machine: machineLine(),
}));
const nodeStart = figures.start_up[0]!.wall_ms.median;
print(
  values.json
    ? JSON.stringify(figures)
    : [
        figures.machine,
        `In turn, in random order, ${rounds} rounds; medians, in brackets 95 % intervals.`,
        '\nStart-up\n',
        table(
          ['command', 'ms', 'by node -e 0'],
          figures.start_up.map((s) => [s.command, shown(s.wall_ms, 1), shown(s.ratio)]),
        ),
        `\nOverhead of each execution of \`true\` (${sessions} sessions of 100)\n`,
        table(
          ['tool', 'ms per sample', 'by node -e 0'],
          figures.per_sample.map((s) => [s.tool, shown(s.extra_ms), (s.extra_ms.median / nodeStart).toFixed(3)]),
        ),
      ].join('\n'),
);
