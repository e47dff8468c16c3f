import { expect, test } from 'vitest';
import { flameGraph } from '../../src/profile/flame.ts';
import { hotspots } from '../../src/profile/hotspots.ts';
import { profileBuilder } from '../../src/profile/model.ts';
import { hotspotTable } from '../../src/profile/table.ts';

function profile() {
  const builder = profileBuilder('test', 'ms');
  const frame = (name: string, line: number) =>
    ({ function: name, file: '/app/a|b.js', line, column: 1, kind: 'project' }) as const;
  const main = builder.node(-1, frame('main', 1));
  builder.add(builder.node(main, frame('<script>&"\u0007', 2)), 75, 75);
  builder.add(builder.node(main, frame('a|`b`', 3)), 25, 25);
  return builder.done();
}

test('the table escapes what would break a row', () => {
  const found = hotspots(profile(), '/app').hotspots;
  expect(hotspotTable(found).split('\n')[3]).toBe(
    '| 2 | `` a\\|`b` `` | `/app/a\\|b.js:3` | 25.0 % | 25.0 % | 25.0 % | 25 |',
  );
});

test('the flame graph shows each share and escapes names', () => {
  const svg = flameGraph(profile(), 'a < b');
  expect(svg).toContain('<title>a &lt; b</title>');
  expect(svg).toContain('&lt;script&gt;&amp;&quot;  /app/a|b.js:2: 75.0 %, 75.0 ms');
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u0007');
});

test('equal profiles give equal bytes', () => {
  expect(flameGraph(profile(), 't')).toBe(flameGraph(profile(), 't'));
});

test('an empty profile is drawn as an empty whole', () => {
  expect(flameGraph(profileBuilder('test', 'ms').done(), 't')).toContain('all: 0.0 %');
});
