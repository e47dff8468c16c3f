import { parseArgs } from 'node:util';
import { median, robustSd } from '../src/stats/robust.ts';
import { auditCost } from './sentinel/audit-cost.ts';
import { ratesOf, THRESHOLD } from './sentinel/comparisons.ts';
import { goalsOf, shareOf } from './sentinel/goals.ts';
import { liveRates } from './sentinel/live.ts';
import { inProject } from './sentinel/place.ts';
import { recordCost } from './sentinel/record.ts';
import { measuredSeries } from './sentinel/series.ts';
import { shown } from './shared/figure.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// How well `sentinel compare` detects a hook that became 10 % slower, its error rates, and the cost of an audit. See docs/benchmarks.md.

const COMPARISONS = 400;
/** Numbers of runs of a comparison, including the default. */
const RUNS = [6, 8, 10, 12, 16, 20];
const USUAL = 10;
/** The fewest pairs of the series: enough to draw both sessions of a default comparison at random. */
const FEWEST = 4 * USUAL;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    pairs: { type: 'string' },
    live: { type: 'string' },
  },
});
const pairs = Math.max(FEWEST, Number(values.pairs ?? (values.quick ? FEWEST : 200)));

const figures = await inProject(async (world) => {
  const series = await measuredSeries(pairs, world);
  const rates = RUNS.filter((runs) => 3 * runs <= pairs).map((runs) => ratesOf(series, runs, COMPARISONS));
  const asked = { comparisons: Number(values.live ?? 0), runs: USUAL };
  const live = asked.comparisons > 0 ? await liveRates(series, asked, world) : null;
  const audit = await auditCost(world);
  const record = await recordCost(values.quick ? 20 : 100);
  const usual = rates.find(({ runs }) => runs === USUAL)!;
  return { machine: machineLine(), series, rates, live, audit, record, goals: goalsOf(usual, audit, record) };
});

const { machine, series, rates, live, audit, record, goals } = figures;
const spread = (ms: readonly number[]) => `${(100 * robustSd(ms.map(Math.log))).toFixed(1)} %`;
print(
  values.json
    ? JSON.stringify({ ...figures, series: { pairs: series.pairs, minutes: series.minutes } })
    : [
        machine,
        `The hooks of examples/hooks, ${pairs} pairs in turn, in a cage, in ${series.minutes.toFixed(1)} minutes; the same in both arms.`,
        table(
          ['hook or event', 'wall ms', 'spread', 'CPU ms', 'spread'],
          [...series.hooks, ...series.events].map(({ key, wall, cpu }) => [
            key,
            median(wall.base).toFixed(1),
            spread(wall.base),
            median(cpu.base).toFixed(1),
            spread(cpu.base),
          ]),
        ),
        `${COMPARISONS} comparisons for each number of runs, at a threshold of ${THRESHOLD} %; in brackets 95 % intervals`,
        table(
          ['runs', '+10 % found', 'any false flag', 'settled at first', 'any undecided'],
          rates.map(({ runs, second, found, planted, wrong, unchanged, settled, undecided }) => [
            `${runs} + ${second.toFixed(0)}`,
            shareOf(found, planted),
            shareOf(wrong, unchanged),
            `${(100 * settled).toFixed(0)} %`,
            shareOf(undecided, unchanged),
          ]),
        ),
        ...(live
          ? [
              `Real comparisons of one hook each, with a loop in its command: ${shareOf(live.found, live.comparisons)} with +10 % found; ${shareOf(live.wrong, live.comparisons)} with an empty loop flagged.`,
            ]
          : []),
        `An audit takes ${audit.whole_s.toFixed(1)} s, of which ${audit.hooks_s.toFixed(1)} s are the hooks’ own; reading the files alone takes ${audit.static_s.toFixed(2)} s.`,
        `The record of a session takes ${shown(record.added)} ms beyond a shell that does nothing (${shown(record.shell)} ms).`,
        goals.map(({ goal, figure, reached }) => `${reached ? 'reached' : 'missed '}  ${goal}: ${figure}`).join('\n'),
      ].join('\n\n'),
);
process.exitCode = goals.every(({ reached }) => reached) ? 0 : 1;
