import { exit, failure } from '../../../core/errors.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { benchCsv, csvOf } from '../../../monitor/export/csv.ts';
import { grafanaDashboard } from '../../../monitor/export/grafana.ts';
import { openMetrics } from '../../../monitor/export/open-metrics.ts';
import { textFormat } from '../../../monitor/export/text-format.ts';
import { daysIn } from '../../../monitor/store/read.ts';
import { define } from '../../command.ts';
import { showBenchmarks } from './bench-lines.ts';
import { ofSpan, showSince } from './figures.ts';

const formats = ['csv', 'benchmarks', 'grafana', 'prometheus'] as const;

export const command = define({
  name: 'monitor export',
  group: 'look',
  arguments: '<format>',
  completes: formats,
  summary: 'print figures as CSV or for Prometheus, or a dashboard for Grafana',
  detail:
    '`csv`: a line for each day, handler and metric. `benchmarks`: a line for each commit of each benchmark. `prometheus`: the content of the service’s /metrics, in the text format. `grafana`: a dashboard to import, for a Prometheus that scrapes /metrics. With --json, `csv` and `benchmarks` print one JSON object.',
  example: 'perf-gate monitor export csv --since 4w > figures.csv',
  options: { ...ofSpan },
  silent: true,
  parse({ format, since }) {
    const known = formats.find((name) => name === format);
    if (known) return { format: known, since };
    throw failure('usage', { problem: `There is no format “${format}”.`, hint: `Use one of ${formats.join(', ')}.` });
  },
  async run({ format, since }, tools) {
    if (format === 'grafana') {
      tools.out(JSON.stringify(grafanaDashboard(), null, tools.json ? 0 : 2));
      return exit.done;
    }
    if (format === 'benchmarks') {
      const history = await historyAt(tools);
      await showBenchmarks(tools, (db) => linesIn(db, '', history), benchCsv);
      return exit.done;
    }
    return format === 'prometheus' && !tools.json
      ? showSince(since, tools, {
          find: (db, { until }) => openMetrics(db, until),
          text: (found) => textFormat(found).trimEnd(),
        })
      : showSince(since, tools, { find: (db, span) => ({ days: daysIn(db, span) }), text: ({ days }) => csvOf(days) });
  },
});
