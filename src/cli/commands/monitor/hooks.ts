import { timesIn } from '../../../monitor/rows.ts';
import { timesText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor hooks',
  group: 'look',
  summary: 'show how long the user waited for hooks, and the time of each hook if it is known',
  example: 'perf-gate monitor hooks --since 7d',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: (db, span) => timesIn(db, span, ['hook_event', 'hook']),
      text: (found) => timesText(found, limit, lookOf(tools)),
    }),
});
