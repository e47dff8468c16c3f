import type { resources as data } from '../../serve/views/resources.ts';
import { chart, type Line } from '../chart.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import type { PageView } from '../view.ts';
import { number } from '../words.ts';

type Data = ReturnType<typeof data>;
type Of = Exclude<keyof Data['points'][number], 't'>;

const amount = (unit: string) => (value: number) =>
  `${Number(value.toPrecision(3)).toLocaleString('en-US')} ${unit}`.trim();

/** The charts of the view with their units and lines. */
const charts: readonly {
  title: string;
  about: string;
  unit: string;
  lines: readonly (Omit<Line, 'values'> & { of: Of })[];
}[] = [
  {
    title: 'Processor',
    about: 'In per cent of one core: 200 % are two cores. “Highest second” is the highest value over one second.',
    unit: '%',
    lines: [
      { of: 'cpu_pct', label: 'mean', colour: '--model' },
      { of: 'cpu_pct_max', label: 'highest second', colour: '--hook', dash: [3, 3] },
    ],
  },
  {
    title: 'Memory',
    about: 'Resident memory; pages that processes share are counted once for each process.',
    unit: 'MB',
    lines: [
      { of: 'rss_mb', label: 'mean', colour: '--model' },
      { of: 'rss_mb_max', label: 'highest', colour: '--hook', dash: [3, 3] },
    ],
  },
  {
    title: 'Disk',
    about: 'Data read from the disk and written to it.',
    unit: 'MB/s',
    lines: [
      { of: 'read_mb_s', label: 'read', colour: '--tool' },
      { of: 'write_mb_s', label: 'written', colour: '--permission', dash: [7, 4] },
    ],
  },
  {
    title: 'Load of the machine',
    about: 'The number of running and waiting processes per core, for all programs of the machine.',
    unit: '',
    lines: [{ of: 'load', label: 'load per core', colour: '--agent' }],
  },
];

export const resources: PageView<Data> = {
  name: 'resources',
  title: 'Resources',
  about:
    'The resources that Claude Code uses on this machine, child processes included. Resources are read once a second while Claude Code runs.',
  spans: true,
  draw(into, { supported, rows, clients, points, piece }) {
    const live = clients.flatMap(({ look }) => look ?? []);
    const sum = (of: 'cpu_pct' | 'rss_mb' | 'processes') => live.reduce((all, look) => all + (look[of] ?? 0), 0);
    into.append(
      tiles(
        tile('Clients', number(clients.length), clients.length === 0 ? 'none is running' : 'running now'),
        tile('Processor', live.length === 0 ? '–' : amount('%')(sum('cpu_pct')), 'of one core, in the last second'),
        tile('Memory', live.length === 0 ? '–' : amount('MB')(sum('rss_mb')), 'now'),
        tile('Processes', live.length === 0 ? '–' : number(sum('processes')), 'of the clients'),
      ),
    );
    if (rows.length === 0) {
      const why = supported
        ? 'Claude Code did not run in this time.'
        : 'Resource figures of processes are available on Linux only.';
      into.append(section('Resources', null, nothing(why)));
      return;
    }
    for (const { title, about, unit, lines } of charts)
      into.append(
        section(
          title,
          about,
          chart({
            title,
            times: points.map(({ t }) => t),
            lines: lines.map(({ of, ...line }) => ({ ...line, values: points.map((point) => point[of] ?? null) })),
            shown: amount(unit),
            gap: 3 * piece,
          }),
        ),
      );
    into.append(
      section(
        'Over the whole span',
        null,
        table(
          'Resources',
          [
            { title: 'of', cell: ({ of }) => (of === 'client' ? 'Claude Code' : 'the machine') },
            { title: 'what', cell: ({ words }) => words },
            { title: 'mean', cell: ({ mean, unit }) => amount(unit)(mean), figure: true },
            { title: 'p95 of the minutes', cell: ({ p95, unit }) => amount(unit)(p95), figure: true },
            { title: 'highest', cell: ({ max, unit }) => amount(unit)(max), figure: true },
          ],
          rows,
          20,
        ),
      ),
    );
  },
};
