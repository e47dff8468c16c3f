import { expect, test } from 'vitest';
import { type Frame, type Kind, mergeProfiles, type Profile, profileBuilder } from '../../../src/profile/model.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';

/** `main@1>parse@5>!read`: callers first; `@` a line of /app/a.js, `!` native, `~` the garbage collector, `?` a dependency. */
function frameOf(text: string): Frame {
  const kinds: Record<string, Kind> = { '!': 'native', '~': 'gc' };
  const kind = kinds[text[0]!];
  if (kind) return { function: text.slice(1), file: null, line: null, column: null, kind };
  const [name, line] = text.replace('?', '').split('@');
  const file = text.startsWith('?') ? '/app/node_modules/x/x.js' : '/app/a.js';
  return { function: name!, file, line: Number(line ?? 1), column: 1, kind: 'code' };
}

function profile(stacks: Record<string, number>): Profile {
  const builder = profileBuilder('test', 'ms');
  for (const [stack, weight] of Object.entries(stacks)) {
    let node = -1;
    for (const frame of stack.split('>')) node = builder.node(node, frameOf(frame));
    builder.add(node, weight, 1);
  }
  return builder.done();
}

const shares = (stacks: Record<string, number>) =>
  hotspots(profile(stacks), '/app').hotspots.map((h) => [h.id, h.self_pct, h.ceiling_pct, h.total_pct]);

test('the shares of a tree worked out by hand', () => {
  expect(
    shares({
      'main@1': 10,
      'main@1>parse@5': 20,
      'main@1>parse@5>!read': 5,
      'main@1>parse@5>?dep>?deeper': 25,
      'main@1>parse@5>~(garbage collector)': 10,
      'main@1>?dep>print@9': 30,
    }),
  ).toEqual([
    ['parse a.js:5', 20, 60, 60],
    ['print a.js:9', 30, 30, 30],
    ['main a.js:1', 10, 10, 100],
  ]);
});

test('mutual recursion counts once for each function', () => {
  expect(shares({ 'even@1>odd@2>even@1>odd@2': 60, 'even@1>odd@2>even@1': 40 })).toEqual([
    ['odd a.js:2', 60, 60, 100],
    ['even a.js:1', 40, 40, 100],
  ]);
});

test('a callback counts for the function that contains it, not for its caller', () => {
  expect(shares({ 'main@1>each@20>@3': 100 })).toEqual([['main a.js:1', 100, 100, 100]]);
});

test('the top level of a module does not swallow its callbacks', () => {
  expect(shares({ '@1>@7': 100 })).toEqual([['(anonymous) a.js:7', 100, 100, 100]]);
});

test('time without a caller in the project counts for no function, and is reported', () => {
  const found = hotspots(profile({ '!(program)': 80, 'main@1': 20 }), '/app');
  expect(found.hotspots.map((h) => h.ceiling_pct)).toEqual([20]);
  expect(found.warnings[0]).toMatch(/^80 % of the time has no caller in the project/);
});

test('no attributed share is lost or counted twice', () => {
  const all = shares({ 'a@1>b@2': 25, 'a@1>@3>b@2>@2': 25, 'a@1>?x>b@2>a@1': 25, 'b@2': 25 });
  expect(all.reduce((sum, [, , ceiling]) => sum + (ceiling as number), 0)).toBe(100);
  expect(all.every(([, self, ceiling, total]) => self! <= ceiling! && ceiling! <= total!)).toBe(true);
});

test('the limit keeps the most expensive', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}@${i + 1}`, i + 1]));
  const found = hotspots(profile(many), '/app', { limit: 3 }).hotspots;
  expect(found.map((h) => [h.rank, h.function])).toEqual([
    [1, 'f29'],
    [2, 'f28'],
    [3, 'f27'],
  ]);
});

test('merged profiles add up, and equal stacks become one', () => {
  const one = profile({ 'a@1>b@2': 10, 'a@1': 5 });
  const two = profile({ 'a@1>b@2': 30, 'c@3': 5 });
  const merged = mergeProfiles([one, two]);
  expect(merged.total).toBe(50);
  expect(merged.samples).toBe(4);
  expect(merged.nodes).toHaveLength(3);
});
