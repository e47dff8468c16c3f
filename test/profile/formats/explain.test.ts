import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { folder } from '../../helpers/folder.ts';

const read = async (text: string, name = 'plan.txt') => {
  const { nodes, frames, total } = await readProfile(join(folder({ [name]: text }), name));
  const sums = new Map<string, number>();
  for (const { frame, self } of nodes)
    sums.set(frames[frame]!.function, (sums.get(frames[frame]!.function) ?? 0) + self);
  return { total, own: Object.fromEntries([...sums].map(([fn, ms]) => [fn, Math.round(ms * 1000) / 1000])) };
};
const found = (name: string) => readProfile(join(import.meta.dirname, 'fixtures/found', name));

test.each([
  ['initplan.json', 101],
  ['cte-read-twice.json', 304],
])('%s: own times add up to the execution', async (name, ms) => {
  const { total, nodes } = await found(name);
  expect(total).toBeCloseTo(ms, 6);
  expect(nodes.reduce((sum, { self }) => sum + self, 0)).toBeCloseTo(ms, 6);
});

test('an InitPlan belongs to the sibling that waited for it', async () => {
  const { nodes, frames } = await found('initplan.json');
  const self = (name: string) =>
    nodes.filter(({ frame }) => frames[frame]!.function.startsWith(name)).reduce((sum, node) => sum + node.self, 0);
  expect([self('Aggregate'), self('Seq Scan on a'), self('Index Scan on b')]).toEqual([2, 90, 8]);
});

const plan = `Sort  (cost=1.0..2.0 rows=10 width=4) (actual time=12.000..13.000 rows=10 loops=1)
  Sort Key: o.id
  InitPlan 1 (returns $0)
    ->  Result  (cost=0.0..0.1 rows=1 width=0) (actual time=2.000..2.000 rows=1 loops=1)
  ->  Index Scan using orders_pkey on public.orders o  (cost=1.0..2.0 rows=10 width=4) (actual time=1.000..5.000 rows=5 loops=2)
        Index Cond: (o.id > $0)
  ->  Seq Scan on never  (cost=0.0..1.0 rows=1 width=4) (never executed)
Planning Time: 0.500 ms
Execution Time: 14.000 ms`;
const own = {
  Sort: 3,
  Result: 2,
  'Index Scan using orders_pkey on orders o': 8,
  'Seq Scan on never': 0,
  Planning: 0.5,
  'Start and end of the execution': 1,
};
const lines = plan.split('\n');
const width = Math.max(...lines.map((line) => line.length));

test.each([
  ['plain text', plan],
  ['psql', `${' '.repeat(20)}QUERY PLAN\n${'-'.repeat(40)}\n${lines.map((line) => ` ${line}`).join('\n')}\n(9 rows)\n`],
  [
    'psql with borders',
    `+----+\n| QUERY PLAN |\n+----+\n${lines.map((line) => `| ${line.padEnd(width)} |`).join('\n')}\n+----+\n(9 rows)\n`,
  ],
  [
    'psql with Unicode borders',
    `┌───┐\n│ QUERY PLAN │\n├───┤\n${lines.map((line) => `│ ${line.padEnd(width)} │`).join('\n')}\n└───┘\n`,
  ],
  ['quotes of pgAdmin', lines.map((line) => `"${line}"`).join('\n')],
  ['PostgreSQL 9.4 to 9.6', plan.replace('Planning Time', 'Planning time').replace('Execution Time', 'Execution time')],
])('EXPLAIN ANALYZE as text: %s', async (_, text) => {
  expect((await read(text)).own).toEqual(own);
});

test('lines may be wrapped anywhere behind the arrow: in a name, a word or a number', async () => {
  for (let width = 40; width <= 110; width++) {
    const wrapped = lines.map((line) => ` ${line}`.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n')).join('\n');
    expect({ width, own: (await read(wrapped)).own }).toEqual({ width, own });
  }
});

test('EXPLAIN of PostgreSQL before 9.4 has one time', async () => {
  const text = plan.replace(/Planning Time.*\n/, '').replace('Execution Time', 'Total runtime');
  expect((await read(text)).total).toBeCloseTo(14, 9);
});

test('auto_explain logs several plans, as text and as JSON', async () => {
  const logged = lines
    .slice(0, 7)
    .map((line) => `\t${line}`)
    .join('\n');
  const entry = `2026-01-02 10:00:00 UTC [7] LOG:  duration: 13.2 ms  plan:\n\tQuery Text: select 1\n${logged}\n`;
  expect((await read(`${entry}2026-01-02 10:00:01 UTC [7] LOG:  connection\n${entry}`)).total).toBeCloseTo(26, 6);
  const json = JSON.stringify(
    { 'Query Text': 'select 1', Plan: { 'Node Type': 'Result', 'Actual Total Time': 3, 'Actual Loops': 1 } },
    null,
    2,
  );
  expect((await read(`2026-01-02 LOG:  duration: 3 ms  plan:\n${json.replaceAll('\n', '\n\t')}\n`)).total).toBe(3);
});

test('JSON in the frames of psql', async () => {
  const json = JSON.stringify(
    [{ Plan: { 'Node Type': 'Result', 'Actual Total Time': 3, 'Actual Loops': 1 }, 'Execution Time': 4 }],
    null,
    2,
  );
  const rows = json
    .split('\n')
    .map((line) => ` ${line.padEnd(50)}+`)
    .join('\n');
  expect((await read(`   QUERY PLAN   \n-------------\n${rows.replace(/\+$/, '')}\n(1 row)\n`)).total).toBe(4);
});

test('the tree of MySQL', async () => {
  const text =
    '-> Nested loop inner join  (cost=4.95 rows=9) (actual time=0.1..2.3 rows=9 loops=1)\n    -> Table scan on t  (cost=1.15 rows=9) (actual time=0.05..0.8 rows=9 loops=1)\n    -> Single-row index lookup on u using PRIMARY (id=t.u)  (cost=0.31 rows=1) (actual time=0.1..0.1 rows=1 loops=9)\n';
  const { total, own: weights } = await read(text);
  expect(total).toBeCloseTo(2.3, 9);
  expect(weights['Nested loop inner join']).toBeCloseTo(0.6, 6);
});
