import { resourcesIn } from '../../../monitor/resources/rows.ts';
import { resourcesText } from '../../../monitor/text/resources.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor resources',
  group: 'look',
  summary: 'show what processor, memory and disk Claude Code took, and the machine’s load',
  detail:
    'While the service runs and a client lives, it looks once a second at the client with all that it started (Linux only), and keeps a summary a minute. No command line is kept.',
  example: 'perf-gate monitor resources --since 7d',
  options: { ...ofSpan },
  silent: true,
  run: ({ since }, tools) =>
    showSince(since, tools, { find: resourcesIn, text: (found) => resourcesText(found, lookOf(tools)) }),
});
