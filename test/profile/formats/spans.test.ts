import { expect, it } from 'vitest';
import { ranked } from './ranked.ts';

type Line = { span: string; ms: number; parent?: string | null };
const spans = (lines: Line[]) => ranked('a.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));

it('the own time of a span is the time that no inner span took', async () => {
  const db = { span: 'db', ms: 30, parent: 'request' };
  const { shares, total, hotspots } = await spans([{ span: 'request', ms: 100 }, db, db]);
  expect(total).toBe(100);
  expect(shares).toEqual([
    ['db', 60, 60],
    ['request', 40, 100],
  ]);
  expect(hotspots[0]!.samples).toBe(2);
});

it('divides a parent’s time among parallel children: the whole is the waiting time, and shares end at 100 %', async () => {
  const { shares, total } = await spans([
    { span: 'all', ms: 50 },
    { span: 'a', ms: 40, parent: 'all' },
    { span: 'b', ms: 40, parent: 'all' },
    { span: 'inside', ms: 20, parent: 'b' },
  ]);
  expect(total).toBe(50);
  expect(shares).toEqual([
    ['a', 50, 50],
    ['b', 25, 50],
    ['inside', 25, 25],
  ]);
});

it('divides the children of a name among its places', async () => {
  const { shares, total } = await spans([
    { span: 'query', ms: 90, parent: 'db' },
    { span: 'db', ms: 30, parent: 'users' },
    { span: 'db', ms: 70, parent: 'orders' },
    { span: 'users', ms: 40, parent: null },
    { span: 'orders', ms: 80, parent: '' },
  ]);
  expect(total).toBeCloseTo(120);
  expect(shares).toEqual([
    ['query', 75, 75],
    ['db', 8, 83],
    ['orders', 8, 67],
    ['users', 8, 33],
  ]);
});

it('puts spans with an unknown parent at the top, and counts a recursion once', async () => {
  const { shares, total } = await spans([
    { span: 'orphan', ms: 40, parent: 'killed' },
    { span: 'walk', ms: 60 },
    { span: 'walk', ms: 50, parent: 'walk' },
    { span: 'read', ms: 30, parent: 'walk' },
  ]);
  expect(total).toBe(100);
  expect(shares).toEqual([
    ['orphan', 40, 40],
    ['walk', 30, 60],
    ['read', 30, 30],
  ]);
});

it('reads a span for every request, also when there are very many of them', async () => {
  const requests = Array.from({ length: 150_000 }, (_, i) => ({ span: `request ${i}`, ms: 1, parent: 'all' }));
  const { total, shares } = await spans([...requests, { span: 'all', ms: 200_000 }]);
  expect(total).toBeCloseTo(200_000);
  expect(shares).toEqual([['all', 100, 100]]);
});

it('refuses spans that are only inside each other', async () => {
  const circle = [
    { span: 'top', ms: 5 },
    { span: 'a', ms: 1, parent: 'b' },
    { span: 'b', ms: 1, parent: 'a' },
  ];
  await expect(spans(circle)).rejects.toMatchObject({
    code: 'profile_unreadable',
    message: expect.stringContaining('“a”'),
  });
});

it.each([
  ['a negative time', '{"span": "b", "ms": -1}'],
  ['no number', '{"span": "b", "ms": NaN}'],
  ['what JavaScript makes of no number', '{"span": "b", "ms": null}'],
  ['an endless time', '{"span": "b", "ms": 1e999}'],
  ['no name', '{"span": "", "ms": 1}'],
  ['a parent that is no name', '{"span": "b", "ms": 1, "parent": 7}'],
  ['half a line', '{"span": "b", "m'],
])('refuses %s, with the number of the line', async (_, line) => {
  const read = ranked('a.jsonl', `{"span": "a", "ms": 1}\r\n\n${line}\n`);
  await expect(read).rejects.toMatchObject({ code: 'profile_unreadable', message: expect.stringContaining('line 3') });
});
