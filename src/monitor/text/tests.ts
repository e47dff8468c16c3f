import { percent } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import { type Look, paint, shown, toned } from '../../report/terminal/look.ts';
import type { RatedRun, TestRow } from '../analytics/tests.ts';
import type { TestTable } from '../tests-in.ts';
import { aligned } from './times.ts';

/** Test runs as text: the newest runs, flaky tests, failures, and the slowest tests. Each part has at most `limit` rows. */
export function testsText({ runs, tests, goal_pct }: TestTable, limit: number, look: Look): string {
  if (runs.length === 0)
    return shown('No test run was imported. `perf-gate monitor import --junit FILE` imports one.', look);
  const part = (title: string, rows: readonly (readonly string[])[], head: readonly string[]) =>
    rows.length === 0
      ? []
      : [
          [
            paint([toned(title, 'strong')], look),
            ...aligned([head, ...rows.slice(0, limit)], look),
            ...left(rows.length, limit),
          ].join('\n'),
        ];
  const slow = tests.map((one) => [
    nameOf(one),
    String(one.runs),
    quantity(one.mean_ms, 'ms'),
    quantity(one.max_ms, 'ms'),
  ]);
  const troubled = (flaky: boolean) =>
    tests
      .filter((one) => one.failed + Number(one.flaky) > 0 && one.flaky === flaky)
      .map((one) => [nameOf(one), String(one.runs), String(one.failed)]);
  return [
    ...part(
      `Test runs (running only selected tests should save ${goal_pct[0]} to ${goal_pct[1]} % of the time)`,
      runs.toReversed().map(runCells),
      ['', 'tests', 'failed', 'time', 'selected', 'saved'],
    ),
    ...part('Flaky: failed and passed on the same commit, or passed on a retry', troubled(true), [
      '',
      'runs',
      'failed',
    ]),
    ...part('Failed', troubled(false), ['', 'runs', 'failed']),
    ...part('Slowest tests', slow, ['', 'runs', 'mean', 'max']),
  ].join('\n\n');
}

const left = (n: number, limit: number) => (n > limit ? [`  … and ${n - limit} more`] : []);

const nameOf = ({ suite, test }: TestRow) => `${suite} › ${test}`;

const runCells = ({ t, series, n, failed, ms, full, selection_ratio, saved_pct }: RatedRun) => [
  `${new Date(t).toISOString().slice(0, 16).replace('T', ' ')}  ${series}`,
  String(n),
  String(failed),
  quantity(ms, 'ms'),
  selection_ratio === null ? (full ? 'all' : '–') : percent(100 * selection_ratio),
  saved_pct === null ? '–' : percent(saved_pct),
];
