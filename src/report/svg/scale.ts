/** Maps values to pixels. */
export type Scale = { at(value: number): number; ticks: number[]; label(tick: number): string };

/** A linear scale whose ends are the data's, with about `count` round ticks inside. A domain without extent is widened. */
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
    label: (tick) => (Math.abs(tick) < step / 2 ? '0' : tick.toFixed(decimals)).replace('-', '−'),
  };
}

/** Extremes of all values, `share` of their distance added at both ends. */
export function extent(values: readonly number[], share = 0.04): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = (high - low) * share;
  return [low - pad, high + pad];
}

/** Two decimals: more are invisible, and the bytes stay the same on every machine. */
export function pixel(value: number): number {
  return Math.round(value * 100) / 100;
}

function widen([low, high]: [number, number]): [number, number] {
  if (high > low) return [low, high];
  const pad = Math.abs(low) * 0.05 || 1;
  return [low - pad, high + pad];
}

/** The step of the form 1, 2 or 5 times a power of ten that is nearest above. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999)!;
}
