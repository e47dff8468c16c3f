import { timesIn } from '../../../monitor/rows.ts';
import { timesText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor top',
  group: 'look',
  summary: 'show what takes the most minutes per day: models, tools, hooks, agents',
  example: 'perf-gate monitor top --since 24h',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: (db, span) => timesIn(db, span, ['model', 'tool', 'permission', 'hook_event', 'agent', 'turn']),
      text: (found) => timesText(found, limit, lookOf(tools)),
    }),
});
