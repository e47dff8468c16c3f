import { decimal } from '../../core/figures.ts';

/** Maps values to pixels. */
export type Scale = { at(value: number): number; ticks: number[]; label(tick: number): string };

/** A linear scale over the whole `domain`, with about `count` round ticks. A domain of width zero is widened. */
export function linearScale(domain: [number, number], range: [number, number], count = 4): Scale {
  const [low, high] = widen(domain);
  const step = roundStep((high - low) / count);
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  return {
    at: (value) => pixel(range[0] + ((value - low) / (high - low)) * (range[1] - range[0])),
    ticks,
    label: (tick) => (Math.abs(tick) < step / 2 ? '0' : decimal(tick, decimals)),
  };
}

/** The smallest and the largest value, both moved outwards by the fraction `share` of their distance. */
export function extent(values: readonly number[], share = 0.04): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low) * share;
  return [low - pad, high + pad];
}

/**
 * The round bounds of a histogram's bins. The number of bins is about the square root of the number of values, but at least four, and not
 * much more than `most`.
 */
export function binBounds(values: readonly number[], most = Infinity): number[] {
  const wanted = Math.min(most, Math.max(4, Math.round(Math.sqrt(values.length))));
  let ticks: number[] = [];
  // If rounding leaves fewer than two ticks, a finer step is tried.
  for (let count = wanted; ticks.length < 2; count++) ticks = linearScale(extent(values, 0), [0, 1], count).ticks;
  const step = ticks[1]! - ticks[0]!;
  const first = ticks[0]! > Math.min(...values) ? ticks[0]! - step : ticks[0]!;
  const last = Math.max(...values, ticks.at(-1)!);
  const count = Math.max(1, Math.ceil((last - first) / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => first + i * step);
}

/** Rounds to two decimals, because further decimals are invisible and could differ between machines. */
export function pixel(value: number): number {
  return Math.round(value * 100) / 100;
}

function widen([low, high]: [number, number]): [number, number] {
  if (high > low) return [low, high];
  const pad = Math.abs(low) * 0.05 || 1;
  return [low - pad, high + pad];
}

/** The next larger step of the form 1, 2 or 5 times a power of ten. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999)!;
}
