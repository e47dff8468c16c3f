type Unit = {
  kind: 'time' | 'size';
  /** How many ms one unit of time is, or how many KB (of 1024 bytes) one unit of size is. */
  factor: number;
  /** The larger unit in which large values are printed. `from`: the smallest value that is printed in the larger unit. */
  larger?: { from: number; unit: string };
};

/** Every unit that can be converted. Values in any other unit (such as frames or requests) are printed without conversion. */
const units: Record<string, Unit> = {
  ms: { kind: 'time', factor: 1, larger: { from: 10_000, unit: 's' } },
  s: { kind: 'time', factor: 1e3 },
  us: { kind: 'time', factor: 1e-3, larger: { from: 10_000, unit: 'ms' } },
  µs: { kind: 'time', factor: 1e-3, larger: { from: 10_000, unit: 'ms' } },
  ns: { kind: 'time', factor: 1e-6, larger: { from: 10_000, unit: 'µs' } },
  min: { kind: 'time', factor: 60e3 },
  bytes: { kind: 'size', factor: 1 / 1024, larger: { from: 10_000, unit: 'KB' } },
  B: { kind: 'size', factor: 1 / 1024 },
  KB: { kind: 'size', factor: 1, larger: { from: 10_240, unit: 'MB' } },
  KiB: { kind: 'size', factor: 1 },
  MB: { kind: 'size', factor: 1024, larger: { from: 10_240, unit: 'GB' } },
  MiB: { kind: 'size', factor: 1024 },
  GB: { kind: 'size', factor: 1024 ** 2 },
};

function find(name: string): Unit | undefined {
  const known = name.replace('\u03bc', '\u00b5'); // some tools print a Greek mu instead of the micro sign
  return Object.hasOwn(units, known) ? units[known] : undefined;
}

/** The units that values of this unit can be converted to, including the unit itself. Empty for an unknown unit. */
export function unitsLike(name: string): string[] {
  return Object.keys(units).filter((other) => units[other]!.kind === find(name)?.kind);
}

/** Whether values of the two units can be converted into each other. */
export function areAlike(a: string, b: string): boolean {
  return a === b || (find(a) !== undefined && find(a)?.kind === find(b)?.kind);
}

/** The value in another unit of the same kind. Unchanged if the units are of different kinds. */
export function convert(value: number, from: string, to: string): number {
  const [a, b] = [find(from), find(to)];
  if (!a || !b || a.kind !== b.kind || a.factor === b.factor) return value;
  return (value * a.factor) / b.factor;
}

/** Whether a unit is an amount per time (`ops/s`, `MB/s`). More is then better. */
export const isRate = (unit: string): boolean => /\/(?:s|sec|second|min|ms|us|µs|ns)$/.test(unit);

/** The unit in which values of at most `max` are easy to read. `per`: the divisor that converts values to this unit. */
export function scaleFor(max: number, unit: string): { per: number; unit: string } {
  const from = find(unit);
  const larger = from?.larger && find(from.larger.unit);
  if (!from?.larger || !larger || Math.abs(max) < from.larger.from) return { per: 1, unit };
  // rounded, because of floating point: 1e-3 / 1e-6 is not exactly 1000
  const per = Math.round(larger.factor / from.factor);
  const further = scaleFor(max / per, from.larger.unit);
  return { per: per * further.per, unit: further.unit };
}

/** A value with three significant digits and its unit, such as `12.3 ms`, `1.24 s` or `640 KB`. Large values get a larger unit. */
export function quantity(value: number, unit: string): string {
  const scale = scaleFor(value, unit);
  return `${significant(value / scale.per)} ${scale.unit}`.trim();
}

/** A change of a value, such as `12.3 s → 9.80 s`, with both values in one unit, so that a reader can compare them. */
export function fromTo(before: number, after: number, unit: string): string {
  const scale = scaleFor(Math.max(Math.abs(before), Math.abs(after)), unit);
  const show = (value: number) => `${significant(value / scale.per)} ${scale.unit}`.trim();
  return `${show(before)} → ${show(after)}`;
}

/** `47 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** `2026-11-21 09:34:05 UTC`, from a time in ISO 8601. */
export const moment = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(Number(value.toPrecision(3))); // 9.999 is 10.0
  if (size >= 100 || value === 0) return String(Math.round(value));
  if (size < 0.01) return value.toPrecision(3);
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
