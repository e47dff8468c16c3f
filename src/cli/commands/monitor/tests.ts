import { testsIn } from '../../../monitor/tests-in.ts';
import { testsText } from '../../../monitor/text/tests.ts';
import { define } from '../../command.ts';
import { lookOf } from '../../terminal/tools.ts';
import { ofRows, ofSpan, showSince } from './figures.ts';

export const command = define({
  name: 'monitor tests',
  group: 'look',
  summary: 'show test runs: time saved by selections, flaky tests, failures, slowest tests',
  detail:
    'Uses the reports that `monitor import --junit` read. Compares each test run with the newest earlier test run in which all tests ran. Shows the share of tests that ran, and the time that the selection saved.',
  example: 'perf-gate monitor tests --since 4w',
  options: { ...ofSpan, ...ofRows },
  silent: true,
  run: ({ since, limit }, tools) =>
    showSince(since, tools, {
      find: testsIn,
      text: (found) => testsText(found, limit, lookOf(tools)),
    }),
});
