import { timesIn } from '../../../monitor/rows.ts';
import { timesText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor agents',
  group: 'look',
  summary: 'show how long subagents took',
  example: 'perf-gate monitor agents --since 4w',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: (db, span) => timesIn(db, span, ['agent']),
      text: (found) => timesText(found, limit, lookOf(tools)),
    }),
});
