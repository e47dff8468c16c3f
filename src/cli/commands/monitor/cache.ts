import { cacheIn } from '../../../monitor/rows.ts';
import { cacheText } from '../../../monitor/text/times.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor cache',
  group: 'look',
  summary: 'show the share of the models’ input that came from their cache',
  example: 'perf-gate monitor cache --since 4w',
  options: { ...ofSpan },
  silent: true,
  run: ({ since }, tools) =>
    showSince(since, tools, { find: cacheIn, text: (found) => cacheText(found, lookOf(tools)) }),
});
