import { expect, it } from 'vitest';
import { hotspotsText } from '../../src/cli/commands/profile/text.ts';
import { profileBuilder } from '../../src/profile/model.ts';
import { hotspots } from '../../src/profile/rank/hotspots.ts';
import { folder } from '../helpers/folder.ts';

/** A ranking of one function whose second line has the whole cost. */
function ranked(name: string) {
  const builder = profileBuilder('test', 'ms');
  const frame = { function: name, file: 'a.js', line: 1, column: 1, kind: 'project' } as const;
  builder.add(builder.node(-1, frame, 2), 10, 10);
  return hotspots(builder.done(), '/app');
}

it('a source line that is too long for the terminal is cut before its cost', () => {
  const root = folder({ 'a.js': `function f() {\n  const long = '${'x'.repeat(200)}';\n}\n` });
  const shown = (width: number) =>
    hotspotsText(ranked('f'), { root, earlier: null, threshold: 20, width })
      .split('\n')
      .find((line) => line.includes('2 │'))!;
  expect(shown(60)).toMatch(/^ {9}2 │ {3}const long = 'x+… {2}← 100\.0 %$/);
  expect(shown(60)).toHaveLength(60);
  expect(shown(Number.POSITIVE_INFINITY)).toMatch(/x{140,} {2}← 100\.0 %$/);
});

it('a name with line breaks stays on one line', () => {
  const text = hotspotsText(ranked('f\n  2. forged\u001b[2J'), { root: '/', earlier: null, threshold: 20, width: 80 });
  expect(text.split('\n')[2]).toBe('  1. f 2. forged a.js:1');
});
