import { failure } from '../../../core/errors.ts';
import { dayName, daysBefore } from '../../../core/time.ts';
import { historyAt, linesIn } from '../../../monitor/analytics/benchmarks.ts';
import { seriesFrom } from '../../../monitor/analytics/from-days.ts';
import { knownCases } from '../../../monitor/analytics/known-cases.ts';
import { casesOver } from '../../../monitor/analytics/replay.ts';
import { changePoint, windowMean } from '../../../monitor/analytics/shift.ts';
import { daysIn } from '../../../monitor/store/read.ts';
import { casesText } from '../../../monitor/text/analytics.ts';
import { benchText } from '../../../monitor/text/bench.ts';
import { define } from '../../command.ts';
import { choice, flag } from '../../options.ts';
import { lookOf } from '../../terminal/tools.ts';
import { backTo, showSince } from './figures.ts';

const rules = { 'change-point': changePoint, 'window-mean': windowMean } as const;

export const command = define({
  name: 'monitor regressions',
  group: 'look',
  summary: 'show what became slower, since when, and what changed on that day',
  detail:
    'A change point of the daily medians opens a case if its p-value is at most 0.005, at least three days lie before and after it, and the increase is at least 20 %. A case is only a suspicion until `--confirm` measures it. For a hook, `--confirm` runs the old and the new files in turn, in the sentinel’s cage. For a benchmark, it measures the two commits by the benchmark’s contract (`--confirm bench:NAME`). Exit code 1: a regression is proved; 4: undecided. The simple rule `window-mean` opens a case if the mean of 7 days exceeds 1.2 times the mean of the 30 days before. This rule raises many false alarms.',
  arguments: '[case]',
  example: 'perf-gate monitor regressions --confirm',
  options: {
    '--since <time>': backTo('30d'),
    '--rule <rule>': choice('change-point or window-mean', ['change-point', 'window-mean'], {
      otherwise: 'change-point',
    }),
    '--confirm': flag('measure the suspicions of all open cases, or of the named case only'),
  },
  silent: true,
  async run({ since, rule, confirm, case: asked }, tools) {
    if (confirm) return (await import('./confirm-cases.ts')).confirmAndShow(asked, tools);
    if (asked !== undefined)
      throw failure('usage', {
        problem: 'A case was named without --confirm.',
        hint: 'Add --confirm, or leave the case out.',
      });
    const history = await historyAt(tools);
    return showSince(since, tools, {
      find: (db, span) => {
        const chosen = rules[rule];
        const [first, today] = [span.since, span.until - 1].map((t) => dayName(t));
        const behind = Date.parse(daysBefore(first!, 45));
        const series = seriesFrom(daysIn(db, { since: behind, until: span.until }));
        const between: [string, string] = [first!, today!];
        return {
          rule: chosen,
          series: series.length,
          cases: chosen === changePoint ? knownCases(db, series, between) : casesOver(series, between, chosen),
          benchmarks: linesIn(db, '', history).filter(({ worse }) => worse !== null),
        };
      },
      text: ({ cases, series, benchmarks }) =>
        [
          casesText(cases, series, lookOf(tools)),
          ...(benchmarks.length > 0 ? [benchText(benchmarks, 12, lookOf(tools))] : []),
        ].join('\n\n'),
    });
  },
});
