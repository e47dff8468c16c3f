import type { tests as data } from '../../serve/views/tests.ts';
import { chart } from '../chart.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import { mostMinutes, timesColumns } from '../times.ts';
import { trendsByName } from '../trends-by-name.ts';
import type { PageView } from '../view.ts';
import { failures, number, percent, time } from '../words.ts';

type Data = ReturnType<typeof data>;
type Test = Data['slowest'][number];

export const tests: PageView<Data> = {
  name: 'tests',
  title: 'Tests',
  about:
    'How long test runs take, how much time the selection of tests saves, and which tests failed, are flaky or are slow.',
  spans: true,
  draw(into, { rows, columns, runs, goal_pct, flaky, failed, slowest }) {
    if (runs.length === 0) {
      into.append(section('Tests', null, nothing('No test run was recorded in this time.')));
      return;
    }
    const broken = runs.filter((run) => run.failed > 0).length;
    const saved = runs.flatMap(({ saved_pct }) => saved_pct ?? []);
    const mean = saved.reduce((sum, one) => sum + one, 0) / saved.length;
    into.append(
      tiles(
        tile('Runs', number(runs.length), 'test runs'),
        tile('Time', time(runs.reduce((sum, { ms }) => sum + ms, 0)), 'in total'),
        tile('Failed', failures(broken, runs.length) || '0', 'runs', broken > 0 ? 'bad' : 'good'),
        tile('Flaky', number(flaky.length), 'tests', flaky.length > 0 ? 'open' : 'good'),
        ...(saved.length === 0
          ? []
          : [
              tile(
                'Saved',
                percent(mean / 100),
                `Average share of the test time that was saved by running only selected tests. The goal is ${goal_pct[0]} to ${goal_pct[1]} %.`,
              ),
            ]),
      ),
      section('Median time', null, trendsByName('Median time of tests', columns)),
      ...(saved.length > 1 ? [selection(runs)] : []),
      named('Flaky tests', 'Tests that failed and passed on the same commit, or passed on a retry.', flaky),
      named('Failed tests', null, failed),
      named('Slowest tests', null, slowest),
      section('Suites', null, table('Suites', timesColumns('tool', 'runs', mostMinutes(rows)), rows)),
    );
  },
};

const named = (title: string, about: string | null, rows: readonly Test[]) =>
  section(
    title,
    about,
    rows.length === 0
      ? nothing('None.')
      : table(
          title,
          [
            { title: 'test', cell: ({ suite, test }) => `${suite} › ${test}` },
            { title: 'failed', cell: (row) => failures(row.failed, row.runs), figure: true },
            { title: 'runs', cell: (row) => number(row.runs), figure: true },
            { title: 'mean', cell: (row) => time(row.mean_ms), figure: true },
            { title: 'longest', cell: (row) => time(row.max_ms), figure: true },
          ],
          rows,
        ),
  );

function selection(runs: Data['runs']): HTMLElement {
  const selected = runs.filter(({ saved_pct }) => saved_pct !== null);
  return section(
    'Time saved by selections',
    'The time saved by running only selected tests, in per cent of the time of the last run of all tests.',
    chart({
      title: 'Time saved by selections',
      times: selected.map(({ t }) => t),
      lines: [{ label: 'saved', values: selected.map(({ saved_pct }) => (saved_pct ?? 0) / 100), colour: '--tool' }],
      shown: percent,
    }),
  );
}
