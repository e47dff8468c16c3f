import { resourcesIn } from '../../../monitor/resources/rows.ts';
import { resourcesText } from '../../../monitor/text/resources.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor resources',
  group: 'look',
  summary: 'show processor, memory and disk use of Claude Code, and the machine’s load',
  detail:
    'While a client runs, the service samples the client and all its child processes once a second (Linux only), and keeps one summary per minute. Command lines are not kept.',
  example: 'perf-gate monitor resources --since 7d',
  options: { ...ofSpan },
  silent: true,
  run: ({ since }, tools) =>
    showSince(since, tools, { find: resourcesIn, text: (found) => resourcesText(found, lookOf(tools)) }),
});
