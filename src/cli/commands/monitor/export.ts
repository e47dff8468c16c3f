import { exit, failure } from '../../../core/errors.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { benchCsv, csvOf } from '../../../monitor/export/csv.ts';
import { openMetrics } from '../../../monitor/export/open-metrics.ts';
import { daysIn } from '../../../monitor/store/read.ts';
import { define } from '../../command.ts';
import { showBenchmarks } from './bench-lines.ts';
import { ofSpan, showSince } from './figures.ts';

const formats = ['csv', 'prometheus', 'benchmarks'] as const;

export const command = define({
  name: 'monitor export',
  group: 'look',
  arguments: '<format>',
  summary: 'print the figures of each day as CSV, or all as Prometheus reads them',
  detail:
    '`csv`: a line for each day, thing and metric. `prometheus`: what the service answers at /metrics, in OpenMetrics. `benchmarks`: a line for each commit of each benchmark. With --json the days, or the benchmarks, are an object.',
  example: 'perf-gate monitor export csv --since 4w > figures.csv',
  options: { ...ofSpan },
  silent: true,
  parse({ format, since }) {
    const known = formats.find((name) => name === format);
    if (known) return { format: known, since };
    throw failure('usage', { problem: `There is no format “${format}”.`, hint: `Use one of ${formats.join(', ')}.` });
  },
  async run({ format, since }, tools) {
    if (format === 'benchmarks') {
      const history = await historyAt(tools);
      await showBenchmarks(tools, (db) => linesIn(db, '', history), benchCsv);
      return exit.done;
    }
    return format === 'prometheus' && !tools.json
      ? showSince(since, tools, { find: (db, { until }) => openMetrics(db, until), text: (found) => found })
      : showSince(since, tools, { find: (db, span) => ({ days: daysIn(db, span) }), text: ({ days }) => csvOf(days) });
  },
});
