import { bottlenecksOf } from '../../../monitor/analytics/bottlenecks.ts';
import { turnsIn } from '../../../monitor/analytics/turns-in.ts';
import { bottlenecksText } from '../../../monitor/text/analytics.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor bottlenecks',
  group: 'look',
  summary: 'show the waits in Claude’s turns, and the most that each could save',
  detail:
    'Adds up the critical paths of the turns: models, hooks, tools and permissions. Work that runs in parallel with something longer is not on the critical path: making it faster saves nothing.',
  example: 'perf-gate monitor bottlenecks --since 7d',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: (db, span) => bottlenecksOf(turnsIn(db, span)),
      text: (found) => bottlenecksText(found, limit, lookOf(tools)),
    }),
});
