import { DAY } from '../../../core/time.ts';
import type { hooks as data } from '../../serve/views/hooks.ts';
import { chart } from '../chart.ts';
import { h } from '../h.ts';
import { heatmap } from '../heatmap.ts';
import { bar, nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import { mostMinutes, timesColumns } from '../times.ts';
import type { PageView } from '../view.ts';
import { day, failures, hour, minutes, moment, number, time } from '../words.ts';

type Data = ReturnType<typeof data>;

export const hooks: PageView<Data> = {
  name: 'hooks',
  title: 'Hooks',
  about:
    'How long sessions wait for hooks. The hooks of one event run in parallel, so the slowest one determines the wait.',
  spans: true,
  draw(into, found) {
    const { rows, columns, plugins, kind } = found;
    const waits = rows.filter((row) => row.kind === kind);
    if (waits.length === 0) {
      into.append(section('Hooks', null, nothing('No hook ran in this time.')));
      return;
    }
    const sum = (of: (row: (typeof waits)[number]) => number) => waits.reduce((all, row) => all + of(row), 0);
    const slowest = waits.reduce((most, row) => (row.p95_ms > most.p95_ms ? row : most));
    into.append(
      tiles(
        tile('Waited a day', `${minutes(sum((row) => row.minutes_a_day))} min`, 'mean over days'),
        tile('Waits', number(sum((row) => row.n)), `in ${number(found.sessions)} sessions`),
        tile('Failed', number(sum((row) => row.failed)), 'waits in which a hook failed'),
        tile('Slowest p95', time(slowest.p95_ms), slowest.name),
      ),
      section(
        'Length of each wait',
        'Each row is a range of wait times, on a logarithmic scale. The darker the colour, the more waits.',
        lengths(found),
      ),
      section(
        'Percentiles',
        null,
        chart({
          title: 'Percentiles of waits over time',
          times: columns.map(({ t }) => t),
          lines: [
            { label: 'p95', values: columns.map(({ p95_ms }) => p95_ms), colour: '--hook' },
            { label: 'p50', values: columns.map(({ p50_ms }) => p50_ms), colour: '--model', dash: [6, 4] },
          ],
          shown: time,
        }),
      ),
      h(
        'section',
        { class: 'card' },
        h('h2', {}, 'Waits by event'),
        table('Waits by event', timesColumns('hook', 'waits', mostMinutes(waits)), waits),
      ),
    );
    const single = rows.filter((row) => row.kind === 'hook');
    if (kind === 'hook_event' && single.length > 0)
      into.append(
        section('Single hooks', null, table('Single hooks', timesColumns('hook', 'runs', mostMinutes(single)), single)),
      );
    if (plugins.length > 0) into.append(byPlugin(plugins));
  },
};

/**
 * A heat map of the waits, by time and duration. The map has a column for every time step, even without waits. The map has one row below
 * the shortest wait and one row above the longest wait.
 */
function lengths({ since, until, step_ms: step, columns, cells, edges_ms }: Data): HTMLElement {
  const first = Math.floor(Date.parse(since) / step) * step;
  const all = Math.ceil((Date.parse(until) - first) / step);
  const used = cells.map(([, row]) => row);
  const [lowest, highest] = [Math.max(0, Math.min(...used) - 1), Math.min(edges_ms.length, Math.max(...used) + 1)];
  return heatmap({
    title: 'Length of waits over time',
    columns: Array.from({ length: all }, (_, i) => (step >= DAY ? day : moment)(first + i * step)),
    rows: rowNames(edges_ms).slice(lowest, highest + 1),
    cells: cells.map(([column, row, n]) => [(columns[column]!.t - first) / step, row - lowest, n] as const),
    ticks: ticksOf(all, step, first),
  });
}

/** At most eight labels below the columns. If the map shows at most two days, the labels are hours. Otherwise, the labels are days. */
function ticksOf(all: number, step: number, first: number) {
  const text = all * step > 2 * DAY ? day : hour;
  const columns = Array.from({ length: all }, (_, column) => ({ column, text: text(first + column * step) }));
  const begun = columns.filter((one, i) => one.text !== columns[i - 1]?.text);
  const every = Math.ceil(begun.length / 8);
  return begun.filter((_, i) => i % every === 0);
}

/** The names of all rows from bottom to top. The first is `≤ 1 ms`, the last `> 56 s`. */
const rowNames = (edges: readonly number[]) => [...edges.map((ms) => `≤ ${brief(ms)}`), `> ${brief(edges.at(-1)!)}`];
const brief = (ms: number) =>
  ms < 1000 ? `${Number(ms.toPrecision(2))} ms` : `${Number((ms / 1000).toPrecision(2))} s`;

function byPlugin(plugins: Data['plugins']): HTMLElement {
  const most = Math.max(...plugins.map(({ minutes_a_day }) => minutes_a_day));
  return section(
    'By plugin',
    'The durations of single hooks. Hooks of one event run in parallel, so the sum of their durations may exceed the waits.',
    table(
      'Hooks by plugin',
      [
        { title: 'plugin', cell: ({ plugin }) => plugin || '(settings)' },
        { title: 'min a day', cell: ({ minutes_a_day }) => minutes(minutes_a_day), figure: true },
        { title: '', cell: ({ minutes_a_day }) => bar(minutes_a_day / most, 'hook') },
        { title: 'runs', cell: ({ n }) => number(n), figure: true },
        { title: 'failed', cell: ({ failed, n }) => failures(failed, n), figure: true },
      ],
      plugins,
    ),
  );
}
