import { exit } from '../../../core/errors.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { seriesFrom } from '../../../monitor/analytics/from-days.ts';
import { trendOf } from '../../../monitor/analytics/trends.ts';
import { daysIn } from '../../../monitor/store/read.ts';
import { trendsText } from '../../../monitor/text/analytics.ts';
import { benchText } from '../../../monitor/text/bench.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { showBenchmarks } from './bench-lines.ts';
import { backTo, ofRows, showSince } from './figures.ts';

export const command = define({
  name: 'monitor trends',
  group: 'look',
  arguments: '[part]',
  summary: 'show what becomes slower or faster from week to week',
  detail:
    'Shows the change of the daily medians in per cent per week, with a 95 % interval. With `part`, shows only series that have this text in their name, metric or plugin. `bench:NAME` shows a benchmark commit by commit. `monitor regressions` finds sudden jumps.',
  example: 'perf-gate monitor trends hook --since 8w',
  options: { '--since <time>': backTo('4w'), ...ofRows },
  silent: true,
  async run({ part = '', since, limit }, tools) {
    if (part.startsWith('bench:')) {
      const history = await historyAt(tools);
      await showBenchmarks(
        tools,
        (db) => linesIn(db, part.slice('bench:'.length), history),
        (lines) => benchText(lines, limit, lookOf(tools)),
      );
      return exit.done;
    }
    return showSince(since, tools, {
      find: (db, span) => {
        const series = seriesFrom(daysIn(db, span)).filter(({ metric, handler, plugin }) =>
          `${metric} ${handler} ${plugin}`.includes(part),
        );
        return { trends: series.flatMap((one) => trendOf(one) ?? []) };
      },
      text: ({ trends }) => trendsText(trends, { part, limit }, lookOf(tools)),
    });
  },
});
