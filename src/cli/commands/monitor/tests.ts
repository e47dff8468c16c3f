import { testsIn } from '../../../monitor/tests-in.ts';
import { testsText } from '../../../monitor/text/tests.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor tests',
  group: 'look',
  summary: 'show runs of tests: what a selection saved, flaky tests, failures, the slowest',
  detail:
    'From reports that `monitor import --junit` read. A run is held against the last full run before it: how many of its tests ran, and how much sooner they ended.',
  example: 'perf-gate monitor tests --since 4w',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: testsIn,
      text: (found) => testsText(found, limit, lookOf(tools)),
    }),
});
