import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { ranked } from './ranked.ts';

test('an object with a number but without a name is a separate object', async () => {
  const text = `events: Ir

ob=(1) /app/tool
fl=(1) /app/a.c
fn=(1) main
1 10
cob=(8)
cfi=(1)
cfn=(2) work
calls=1 0
5 90

ob=(8)
fn=(2)
9 90
`;
  const dir = folder({ 'callgrind.out': text });
  const { nodes, frames } = await readProfile(`${dir}/callgrind.out`);
  const callers = nodes.map((node) => [frames[node.frame]!.function, node.parent === -1]);
  expect(callers.filter(([name]) => name === 'work').map(([, isRoot]) => isRoot)).not.toContain(true);
});

test('the cost of many small functions counts in their callers', async () => {
  const small = Array.from({ length: 5000 }, (_, i) => i);
  const text = [
    'events: Ir',
    '',
    'fl=a.c',
    'fn=main',
    '1 5000',
    'cfn=middle',
    'calls=1 0',
    '2 95000',
    '',
    'fn=middle',
    '3 90000',
    ...small.flatMap((i) => [`cfn=f${i}`, 'calls=1 0', '4 1']),
    ...small.flatMap((i) => ['', `fn=f${i}`, `${10 + i} 1`]),
    '',
  ].join('\n');
  expect((await ranked('callgrind.out', text)).shares.slice(0, 2)).toEqual([
    ['middle a.c:3', 90, 95],
    ['main a.c:1', 5, 100],
  ]);
});

test.each(['~', '???'])('%s is no file of the project', async (none) => {
  const text = `events: Ticks\n\nfl=app.py\nfn=main\n1 40\ncfl=${none}\ncfn=len\ncalls=1 0\n2 60\n\nfl=${none}\nfn=len\n0 60\n`;
  expect((await ranked('callgrind.out', text)).shares).toEqual([['main app.py:1', 40, 100]]);
});
