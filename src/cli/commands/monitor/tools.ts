import { timesIn } from '../../../monitor/rows.ts';
import { timesText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor tools',
  group: 'look',
  summary: 'show how long tools took, without their hooks',
  example: 'perf-gate monitor tools --since 7d',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: (db, span) => timesIn(db, span, ['tool', 'permission']),
      text: (found) => timesText(found, limit, lookOf(tools)),
    }),
});
