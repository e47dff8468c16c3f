import uPlot from 'uplot';
import { h } from './h.ts';
import { table } from './table.ts';
import { day, hour, moment } from './words.ts';

/** One line of a chart, with a value or null for each moment. `dash`: the dash pattern, for readers who cannot distinguish the colours. */
export type Line = { label: string; values: readonly (number | null)[]; colour: string; dash?: number[] };

type Chart = {
  title: string;
  /** The moments of the chart in ms since 1970, in ascending order. */
  times: readonly number[];
  lines: readonly Line[];
  /** Formats a value with its unit. */
  shown: (value: number) => string;
  /** Whether the scale is logarithmic. A linear scale begins at 0. */
  log?: boolean;
  height?: number;
  /** If two neighbouring moments are more than `gap` ms apart, nothing was recorded between them, so the lines are interrupted there. */
  gap?: number;
  /** A name for each moment, such as a commit, which is shown next to the time. Must not be combined with `gap`. */
  names?: readonly string[];
};

const colourOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A chart over time. For accessibility, a table below the chart has the same data. The chart is redrawn when its width changes. */
export function chart({
  title,
  times,
  lines,
  shown,
  log = false,
  height = 200,
  gap = Infinity,
  names,
}: Chart): HTMLElement {
  const canvas = h('div', { class: 'chart' });
  const draw = () => {
    sweep();
    canvas.replaceChildren();
    if (canvas.clientWidth === 0) return;
    const drawn = options(lines, { shown, log, joined: gap === Infinity, names });
    const plot = new uPlot({ ...drawn, width: canvas.clientWidth, height }, plotted(times, lines, gap));
    plot.root.setAttribute('role', 'img');
    plot.root.setAttribute('aria-label', `${title}, as a chart. The table below has the same figures.`);
    canvas.append(plot.root);
    plots.set(plot, canvas);
  };
  new ResizeObserver(draw).observe(canvas);
  const columns = [
    { title: 'since', cell: (i: number) => moment(times[i]!) },
    ...(names ? [{ title: 'of', cell: (i: number) => names[i]! }] : []),
    ...lines.map(({ label, values }) => ({
      title: label,
      cell: (i: number) => (values[i] === null || values[i] === undefined ? '–' : shown(values[i])),
      figure: true,
    })),
  ];
  const rows = times.map((_, i) => times.length - 1 - i);
  return h(
    'div',
    {},
    canvas,
    h('details', { id: `table-${title}` }, h('summary', {}, 'As a table'), table(title, columns, rows, 30)),
  );
}

/** Converts the data for the library uPlot. In each gap, a moment without values is added, which interrupts the lines. */
function plotted(times: readonly number[], lines: readonly Line[], gap: number): uPlot.AlignedData {
  const xs: number[] = [];
  const ys: (number | null)[][] = lines.map(() => []);
  for (const [i, t] of times.entries()) {
    const before = times[i - 1];
    if (before !== undefined && t - before > gap) {
      xs.push((before + gap / 2) / 1000);
      for (const y of ys) y.push(null);
    }
    xs.push(t / 1000);
    for (const [nth, { values }] of lines.entries()) ys[nth]!.push(values[i] ?? null);
  }
  return [xs, ...ys];
}

/**
 * The charts and the elements that contain them. A chart listens to events of the window, so it would stay in memory after its removal from
 * the page. Removed charts are therefore destroyed.
 */
const plots = new Map<uPlot, HTMLElement>();

function sweep(): void {
  for (const [plot, canvas] of plots) {
    if (canvas.isConnected && canvas.contains(plot.root)) continue;
    plot.destroy();
    plots.delete(plot);
  }
}

type Drawn = { shown: Chart['shown']; log: boolean; joined: boolean; names: readonly string[] | undefined };

function options(
  lines: readonly Line[],
  { shown, log, joined, names }: Drawn,
): Omit<uPlot.Options, 'width' | 'height'> {
  const grid = { stroke: colourOf('--line'), width: 1 };
  const axis = { stroke: colourOf('--soft'), grid, ticks: { show: false }, font: '12px system-ui, sans-serif' };
  return {
    padding: [10, 12, 0, 0],
    cursor: { y: false, points: { size: 6 } },
    scales: { x: { time: true }, y: log ? { distr: 3 } : { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [
      { ...axis, space: 62, size: 26, values: ticks },
      { ...axis, size: 64, values: (_, values) => values.map((value) => (value === null ? '' : shown(value))) },
    ],
    series: [
      { label: '', value: (_, t, __, i) => (t === null ? '' : `${moment(t * 1000)} ${names?.[i ?? -1] ?? ''}`) },
      ...lines.map(
        ({ label, colour, dash }): uPlot.Series => ({
          label,
          stroke: colourOf(colour),
          width: 1.75,
          ...(dash ? { dash } : {}),
          spanGaps: joined,
          points: { show: lines[0]!.values.length < 45, size: 4 },
          value: (_, value) => (value === null ? '–' : shown(value)),
        }),
      ),
    ],
  };
}

/** The labels of the time axis: the day at midnight, the hour at other times. */
const ticks = (_: uPlot, splits: number[]): string[] =>
  splits.map((t) => {
    const at = hour(t * 1000);
    return /^(?:00|24):00/.test(at) ? day(t * 1000) : at;
  });
