/** From `from` on, a value of the unit is easier to read in the next one. */
const larger = new Map([
  ['ns', { from: 10_000, per: 1000, unit: 'µs' }],
  ['us', { from: 10_000, per: 1000, unit: 'ms' }],
  ['µs', { from: 10_000, per: 1000, unit: 'ms' }],
  ['ms', { from: 10_000, per: 1000, unit: 's' }],
  ['bytes', { from: 10_000, per: 1024, unit: 'KB' }],
  ['KB', { from: 10_240, per: 1024, unit: 'MB' }],
  ['MB', { from: 10_240, per: 1024, unit: 'GB' }],
]);

/** The unit in which values up to `max` are easy to read, and what to divide them by. */
export function scaleFor(max: number, unit: string): { per: number; unit: string } {
  const next = larger.get(unit);
  if (!next || Math.abs(max) < next.from) return { per: 1, unit };
  const further = scaleFor(max / next.per, next.unit);
  return { per: next.per * further.per, unit: further.unit };
}

/** `12.3 ms`, `1.24 s`, `640 KB`: three significant digits, the unit as given except that large values turn to a larger one. */
export function quantity(value: number, unit: string): string {
  const scale = scaleFor(value, unit);
  return `${significant(value / scale.per)} ${scale.unit}`.trim();
}

/** `12.3 s → 9.80 s`: two values in one unit, so that they can be compared at sight. */
export function fromTo(before: number, after: number, unit: string): string {
  const scale = scaleFor(Math.max(Math.abs(before), Math.abs(after)), unit);
  const show = (value: number) => `${significant(value / scale.per)} ${scale.unit}`.trim();
  return `${show(before)} → ${show(after)}`;
}

/** `+12.3 %`; the sign is always shown, because it tells better from worse. What rounds to zero has none. */
export function percent(value: number, digits = 1): string {
  const size = Math.abs(value).toFixed(digits);
  const sign = Number(size) === 0 ? '' : value > 0 ? '+' : '−';
  return `${sign}${size} %`;
}

/** `47 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** `2026-11-21 09:34:05 UTC`, of a time as ISO 8601. */
export const moment = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(Number(value.toPrecision(3))); // 9.999 is 10.0
  if (size >= 100 || value === 0) return String(Math.round(value));
  if (size < 0.01) return value.toPrecision(3);
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
