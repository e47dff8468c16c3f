import { expect, it } from 'vitest';
import { samplesTable } from '../../../src/report/markdown/samples.ts';
import { armRows, quartiles, thresholdLine } from '../../../src/report/sample-rows.ts';
import { textStrip } from '../../../src/report/terminal/figures.ts';
import { contract } from '../story.ts';

const arms = { base: [100, 100, 104, 110], candidate: [60, 62, 62, 62] };

it('draws samples and boxes to scale, with the threshold through both rows', () => {
  const threshold = { value: 80, text: 'at least 20 %' };
  expect(textStrip(armRows(arms), { unit: 'ms', threshold, width: 62 })).toBe(
    [
      'base                           ¦                   :   ·     ·',
      '                               ¦                   [=|===]───┤',
      'candidate  · #                 ¦',
      '           ├─|                 ¦',
      '           60.0 ms                                      110 ms',
      '',
      '· one sample  : two  # more     ├ ┤ extremes  [ ] quartiles  | median',
      '¦ threshold: 80.0 ms (at least 20 %)',
    ].join('\n'),
  );
});

it('draws equal values in one column, and no line without a threshold', () => {
  const drawn = textStrip([{ label: 'size', values: [7, 7, 7] }], { unit: 'KB', threshold: null });
  expect(drawn.split('\n')[0]).toBe('size  #');
  expect(drawn).not.toContain('¦');
});

it('draws nothing without samples', () => {
  expect(textStrip(armRows({ base: [], candidate: [] }), { unit: 'ms', threshold: null })).toBe('');
  expect(samplesTable(armRows({ base: [], candidate: [] }), 'ms')).toBeNull();
});

it('tables quartiles with four digits in one unit', () => {
  const lines = samplesTable(armRows({ base: [20_000, 30_000], candidate: [9000] }), 'ms')!.split('\n');
  expect(lines[0]).toContain('max (s)');
  expect(lines[2]).toBe('| base | 2 | 20.00 | 22.50 | 25.00 | 27.50 | 30.00 |');
  expect(lines[3]).toBe('| candidate | 1 | 9.00 | 9.00 | 9.00 | 9.00 | 9.00 |');
});

it('finds quartiles of unsorted values, and null without values', () => {
  expect(quartiles([4, 1, 3, 2, 5])).toEqual({ min: 1, q1: 2, median: 3, q3: 4, max: 5 });
  expect(quartiles([])).toBeNull();
});

it('draws the stricter of two thresholds, on the better side of the base', () => {
  const line = (changes: object) => thresholdLine({ base: [200], candidate: [] }, { ...contract, ...changes })?.value;
  expect(line({ threshold_pct: 10, threshold_absolute: 50 })).toBe(150);
  expect(line({ threshold_pct: 10, threshold_absolute: 5 })).toBe(180);
  expect(line({ threshold_pct: null })).toBeUndefined();
  expect(line({ primary: { ...contract.primary, lower_is_better: false } })).toBe(220);
});
