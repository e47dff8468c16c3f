import { expect, test } from 'vitest';
import { flameDifference } from '../../../src/profile/flame/difference.ts';
import { flameGraph } from '../../../src/profile/flame/flame.ts';
import { flamePage } from '../../../src/profile/flame/page.ts';
import { flamePicture } from '../../../src/profile/flame/svg.ts';
import { type Kind, type Profile, profileBuilder } from '../../../src/profile/model.ts';

/** A profile of stacks such as `main;work`, each with its cost; `line` is where their functions stand. */
function profile(stacks: Record<string, number>, { line = 1, kind = 'project' as Kind } = {}): Profile {
  const builder = profileBuilder('test', 'ms');
  for (const [stack, cost] of Object.entries(stacks)) {
    let node = -1;
    for (const name of stack.split(';'))
      node = builder.node(node, { function: name, file: '/app/a.js', line, column: 1, kind });
    builder.add(node, cost, cost);
  }
  return builder.done();
}

const title = 'node <bench> & "more"';

test('a frame is as wide as its share, and its tooltip says so', () => {
  const { frames } = flameGraph(profile({ 'main;b': 75, 'main;a': 25 }), title).graphs[0]!;
  expect(frames.map(({ name, row, x, width }) => [name, row, x, width])).toEqual([
    ['all', 0, 0, 1],
    ['main', 1, 0, 1],
    ['a', 2, 0, 0.25],
    ['b', 2, 0.25, 0.75],
  ]);
  expect(frames[3]!.tooltip).toBe('b /app/a.js:1\n75.0 %, 75.0 ms, the project');
});

test('a function is one frame, regardless of how many of its lines ran or made calls', () => {
  const builder = profileBuilder('test', 'ms');
  const frame = (name: string) => ({ function: name, file: 'a.js', line: 1, column: 1, kind: 'project' }) as const;
  for (const line of [3, 4]) builder.add(builder.node(builder.node(-1, frame('main'), line), frame('work')), 1, 1);
  expect(flameGraph(builder.done(), title).graphs[0]!.frames.map(({ name }) => name)).toEqual(['all', 'main', 'work']);
});

test('equal profiles give equal bytes', () => {
  const once = () => flamePicture(flameGraph(profile({ 'main;b': 75, 'main;a': 25 }), title));
  expect(once()).toBe(once());
});

test('an empty profile is drawn as an empty whole', () => {
  const drawing = flameGraph(profileBuilder('test', 'ms').done(), title);
  expect(drawing.graphs[0]!.frames.map(({ tooltip }) => tooltip)).toEqual(['all\n0.0 %, 0 ms']);
  expect(flamePicture(drawing)).toContain('<title>all');
});

test.each([
  ['page', flamePage],
  ['picture', flamePicture],
])('names are escaped in a %s, whatever they contain', (_, write) => {
  const text = write(flameGraph(profile({ '<script>alert(1)</script>': 1, '\u202e\u0007"\'&\ud800': 2 }), title));
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; /app/a.js:1\n33.3 %');
  expect(text).toContain('  &quot;&#39;&amp; ');
  expect(text).toContain('node &lt;bench&gt; &amp; &quot;more&quot;');
  for (const never of ['<script>alert', '\u0007', '\u202e', '\ud800']) expect(text).not.toContain(never);
});

test('the first graph of a difference shows removed stacks, the second added ones', () => {
  const before = profile({ 'main;slow': 60, 'main;same': 40 });
  const after = profile({ 'main;quick': 10, 'main;same': 40 }, { line: 7 });
  const [first, second] = flameDifference(before, after, title).graphs;
  const costs = (graph = first!) =>
    Object.fromEntries(graph.frames.map((frame) => [frame.name, frame.tooltip.split('\n').slice(1)]));
  expect(costs(first)).toMatchObject({
    slow: ['before: 60.0 %, 60.0 ms', 'after: not there'],
    same: ['before: 40.0 %, 40.0 ms', 'after: 80.0 %, 40.0 ms'],
  });
  expect(costs(second)).toMatchObject({ quick: ['before: not there', 'after: 20.0 %, 10.0 ms'] });
  expect([first, second].map((graph) => graph!.heading)).toEqual(['Before: 100 ms', 'After: 50.0 ms']);
});

test('a stack with unchanged cost is grey although the whole shrank; compared by share it rose', () => {
  const { graphs, keys } = flameDifference(profile({ slow: 60, same: 40 }), profile({ slow: 3, same: 40 }), title);
  const [grey, strongRed, strongBlue] = [keys[3]!, keys.at(-1)!, keys[0]!].map(({ fill }) => fill);
  const same = graphs[1]!.frames.find(({ name }) => name === 'same');
  expect(same).toMatchObject({ fill: grey, byShare: strongRed });
  expect(graphs[1]!.frames.find(({ name }) => name === 'slow')!.fill).toBe(strongBlue);
});

test.each([
  [100, 100, '±1'],
  [100, 98, '−5 to −1'],
  [100, 90, '−20 to −5'],
  [100, 80, '−20 and below'],
  [98, 100, '+1 to +5'],
  [90, 100, '+5 to +20'],
  [50, 100, '+20 and above'],
])('from %d to %d of it, the legend says %s', (from, to, text) => {
  const { graphs, keys } = flameDifference(profile({ f: from }), profile({ f: to }), title);
  const { fill } = graphs[1]!.frames.find(({ name }) => name === 'f')!;
  expect(keys.find((key) => key.fill === fill)!.text).toBe(text);
});

test('every fill is light enough for the dark text on it', () => {
  const kinds = ['project', 'dependency', 'runtime', 'native', 'gc'] as const;
  const drawings = kinds.map((kind) => flameGraph(profile({ f: 1 }, { kind }), title));
  const difference = flameDifference(profile({ f: 1 }), profile({ f: 1 }), title);
  const keys = [...drawings, difference].flatMap((drawing) => drawing.keys);
  expect(keys).toHaveLength(12);
  for (const { fill } of keys) expect(contrast(fill, '#1a1a1a'), fill).toBeGreaterThan(4.5);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [r, g, blue] = [1, 3, 5].map((i) => {
      const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * blue!;
  };
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

test('a picture holds the whole difference: both graphs and the legend with its numbers, without a script', () => {
  const picture = flamePicture(
    flameDifference(profile({ gone: 60, same: 40 }), profile({ came: 10, same: 40 }), title),
  );
  for (const text of ['Before: 100 ms', 'After: 50.0 ms', '−20 and below', '+20 and above', '>gone<', '>came<'])
    expect(picture).toContain(text);
  expect(picture).not.toMatch(/<script|href|url\(/);
});
