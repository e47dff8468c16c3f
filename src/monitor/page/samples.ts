import { h, s } from './h.ts';

/** The samples of one measurement session: one list for each arm, in the order of measurement. */
type Arms = { metric: string; unit: string; base: readonly number[]; candidate: readonly number[] };

const WIDTH = 640;
const HEIGHT = 120;
const LEFT = 84;

/**
 * A picture of all samples on one axis. Each sample is a dot; the dots of the base are above the dots of the candidate. A line shows the
 * median of each arm.
 */
export function samples({ metric, unit, base, candidate }: Arms): HTMLElement {
  const all = [...base, ...candidate];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const width = most > least ? most - least : Math.abs(most) || 1;
  const x = (value: number) => LEFT + 12 + ((value - least) / width) * (WIDTH - LEFT - 36);
  const arms = [
    { name: 'base', values: base, y: 30, colour: 'fill-model' },
    { name: 'candidate', values: candidate, y: 70, colour: 'fill-hook' },
  ];
  const words = arms.map(
    ({ name, values }) => `${name}: ${values.length} samples, median ${shown(middle(values), unit)}`,
  );
  return h(
    'figure',
    {},
    s(
      'svg',
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        class: 'samples',
        role: 'img',
        'aria-label': `${metric}. ${words.join('. ')}.`,
      },
      ...arms.flatMap(({ name, values, y, colour }) => [
        s('text', { x: 4, y: y + 4 }, name),
        ...values.map((value) => s('circle', { cx: x(value), cy: y, r: 3.5, class: colour, 'fill-opacity': 0.55 })),
        ...(values.length > 0
          ? [s('rect', { x: x(middle(values)) - 1, y: y - 13, width: 2, height: 26, class: 'median' })]
          : []),
      ]),
      s('line', { x1: LEFT, x2: WIDTH - 12, y1: 96, y2: 96, class: 'axis' }),
      s('text', { x: LEFT + 12, y: 113, 'text-anchor': 'middle' }, shown(least, unit)),
      s('text', { x: WIDTH - 24, y: 113, 'text-anchor': 'end' }, shown(most, unit)),
    ),
    h('figcaption', { class: 'soft' }, `${metric}; a line marks the median of each arm. ${words.join(', ')}.`),
  );
}

const shown = (value: number, unit: string) =>
  Number.isFinite(value) ? `${Number(value.toPrecision(4))} ${unit}` : '–';

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}
