import type { tests as data } from '../../serve/views/tests.ts';
import { chart } from '../chart.ts';
import { nothing, section, tile, tiles } from '../parts.ts';
import { table } from '../table.ts';
import { mostMinutes, timesColumns } from '../times.ts';
import { trendsByName } from '../trends-by-name.ts';
import type { PageView } from '../view.ts';
import { failures, number, percent, time } from '../words.ts';

type Data = ReturnType<typeof data>;

export const tests: PageView<Data> = {
  name: 'tests',
  title: 'Tests',
  about: 'How long tests take, which fail, and which pass and fail in turn.',
  spans: true,
  draw(into, { rows, columns, flaky, selected }) {
    if (rows.length === 0) {
      into.append(section('Tests', null, nothing('No run of tests was recorded in this time.')));
      return;
    }
    const sum = (of: 'n' | 'failed' | 'sum_ms') => rows.reduce((all, row) => all + row[of], 0);
    const [n, failed] = [sum('n'), sum('failed')];
    const ratio = selected.length === 0 ? null : selected.reduce((all, one) => all + one.ratio, 0) / selected.length;
    into.append(
      tiles(
        tile('Runs', number(n), 'of tests'),
        tile('Took', time(sum('sum_ms')), 'in all'),
        tile('Failed', failures(failed, n) || '0', '', failed > 0 ? 'bad' : 'good'),
        tile('Flaky', number(flaky.length), 'pass and fail in turn', flaky.length > 0 ? 'open' : 'good'),
        ...(ratio === null ? [] : [tile('Chosen', percent(ratio), 'of all tests, on average')]),
      ),
      section('Median time', null, trendsByName('Median time of tests', columns)),
      ...(selected.length > 1 ? [selection(selected)] : []),
      section(
        'Flaky tests',
        null,
        flaky.length === 0
          ? nothing('No test passed and failed in turn.')
          : table(
              'Flaky tests',
              [
                { title: 'test', cell: ({ name }) => name },
                { title: 'turns', cell: ({ turns }) => number(turns), figure: true },
                { title: 'failed', cell: (row) => failures(row.failed, row.n), figure: true },
                { title: 'runs', cell: (row) => number(row.n), figure: true },
                { title: 'last', cell: ({ last }) => (last ? 'passed' : 'failed') },
              ],
              flaky,
            ),
      ),
      section('All tests', null, table('Tests', timesColumns('tool', 'runs', mostMinutes(rows)), rows)),
    );
  },
};

const selection = (selected: Data['selected']) =>
  section(
    'Share of tests that were chosen',
    'The fewer, the more is saved against a full run.',
    chart({
      title: 'Share of tests that were chosen',
      times: selected.map(({ t }) => t),
      lines: [{ label: 'chosen', values: selected.map(({ ratio }) => ratio), colour: '--tool' }],
      shown: percent,
    }),
  );
