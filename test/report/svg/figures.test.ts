import { expect, it } from 'vitest';
import { histogram, sparkline } from '../../../src/report/svg/distribution.ts';
import { figureWidth, letters, textWidth } from '../../../src/report/svg/figure.ts';
import { extent, linearScale } from '../../../src/report/svg/scale.ts';
import { stripPlot } from '../../../src/report/svg/strip.ts';
import { gainBars, waterfall } from '../../../src/report/svg/waterfall.ts';
import { around } from '../around.ts';
import { crowded } from '../crowded.ts';
import { contract, story } from '../story.ts';

const about = { id: 'x', title: 'A title', description: 'A description' };
const metric = contract.primary;

it.each([
  [0, 412, ['0', '200', '400']],
  [0.0012, 0.0047, ['0.002', '0.003', '0.004']],
  [-3, 8, ['0', '5']],
  [98.7, 99.4, ['98.8', '99.0', '99.2', '99.4']],
])('puts round ticks between %d and %d', (low, high, labels) => {
  const scale = linearScale([low, high], [0, 100]);
  expect(scale.ticks.map(scale.label)).toEqual(labels);
  expect(scale.at(low)).toBe(0);
  expect(scale.at(high)).toBe(100);
});

it.each([[[5, 5]], [[0, 0]], [[-2, -2]]])('widens a domain of width zero: %j', ([value]) => {
  const scale = linearScale([value!, value!], [0, 100]);
  expect(scale.at(value!)).toBe(50);
  expect(scale.ticks.length).toBeGreaterThan(0);
});

it('leaves some room around the data', () => {
  expect(extent([10, 20])).toEqual([9.6, 20.4]);
});

it('draws one dot for each sample, and the threshold between the two arms', () => {
  const rows = [
    { label: 'base', values: around(400, 5, 9) },
    { label: 'candidate', values: around(200, 5, 7) },
  ];
  const { markup } = stripPlot({ rows, metric, threshold: { value: 300, text: '25 %' } }, about)!;
  const dots = [...markup.matchAll(/<circle cx="([\d.]+)"/g)].map((m) => Number(m[1]));
  const line = Number(/class="threshold"><line x1="([\d.]+)"/.exec(markup)![1]);
  expect(dots).toHaveLength(16);
  expect(dots.slice(0, 9).every((x) => x > line)).toBe(true);
  expect(dots.slice(9).every((x) => x < line)).toBe(true);
});

it('draws nothing without samples', () => {
  expect(stripPlot({ rows: [{ label: 'base', values: [] }], metric, threshold: null }, about)).toBeNull();
  expect(histogram([], 'ms', about)).toBeNull();
  expect(sparkline([1], about)).toBeNull();
});

it.each([[[1]], [[3, 3, 3]], [around(412, 8, 40)], [[-1, 0, 1, 1000]]])(
  'counts every value once in a histogram',
  (values) => {
    const { markup } = histogram(values, 'ms', about)!;
    const counts = [...markup.matchAll(/class="minor"[^>]*>(\d+)</g)].map((m) => Number(m[1]));
    expect(counts.reduce((a, b) => a + b)).toBe(values.length);
  },
);

it('lets the steps of a waterfall start at the base and multiply the gains', () => {
  const bars = gainBars(story());
  expect(bars.map((b) => b.label)).toEqual(['base', '1 parseRows', '4 loadConfig', 'final, measured']);
  const steps = bars.filter((b) => b.kind === 'step');
  expect(steps[0]!.from).toBe(412);
  expect(steps[1]!.to).toBeCloseTo(412 * (1 - 0.227) * (1 - 0.318), 9);
  expect(waterfall(bars, 'ms', about).markup).toContain('+31.8 %');
});

it('lets the steps rise where higher is better', () => {
  const higher = story({ contract: { ...contract, primary: { ...metric, lower_is_better: false } } });
  const step = gainBars(higher).find((b) => b.kind === 'step')!;
  expect(step.to).toBeGreaterThan(step.from);
});

it.each([story(), crowded()])('keeps every text of a waterfall inside of its figure', (run) => {
  const { markup } = waterfall(gainBars(run), 'ms', about);
  const texts = [...markup.matchAll(/<text(?: class="(\w+)")? x="([\d.]+)"[^>]*?(text-anchor="middle")?>([^<]*)</g)];
  expect(texts.length).toBeGreaterThan(10);
  for (const [, name, x, isCentred, text] of texts) {
    const size = name === 'name' || name === 'value' ? letters.name : letters.minor;
    const width = textWidth(text!, size, name === 'value');
    const start = Number(x) - (isCentred ? width / 2 : 0);
    expect(start, text).toBeGreaterThanOrEqual(-0.01);
    expect(start + width, text).toBeLessThanOrEqual(figureWidth + 0.01);
  }
});

it('keeps bars inside of their figure if a level falls below zero', () => {
  const { markup } = waterfall(gainBars(crowded()), 'ms', about);
  const bars = [...markup.matchAll(/<rect x="(-?[\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
  for (const [, x, width] of bars) {
    expect(Number(x)).toBeGreaterThanOrEqual(0);
    expect(Number(x) + Number(width)).toBeLessThanOrEqual(figureWidth);
  }
});

it('estimates that wide letters need more room than narrow ones, and bold ones more than others', () => {
  expect(textWidth('WWW', 10)).toBeGreaterThan(textWidth('iii', 10));
  expect(textWidth('日本', 10)).toBe(20);
  expect(textWidth('10 %', 10, true)).toBeGreaterThan(textWidth('10 %', 10));
});
