import type { Unit } from '../model.ts';

/** What the values of a sample are, in the order of the file. */
type ValueType = { type: string; unit: string };

/** Units that are times and sizes, and what one of each is in ours. */
export const units: Record<string, [Unit, number]> = {
  nanoseconds: ['ms', 1e-6],
  microseconds: ['ms', 1e-3],
  milliseconds: ['ms', 1],
  seconds: ['ms', 1000],
  bytes: ['bytes', 1],
  kilobytes: ['bytes', 1024],
};

/** Of several times these are what a profile is asked for first. */
const preferred = ['cpu', 'wall'];

/**
 * Which value of the samples is read: the file's default, else the only time or size, else of those that are not zero everywhere the CPU
 * time or the last, else the last value. `sums` is asked for only where it decides, because it costs a pass over the file.
 */
export function chosenValue(types: readonly ValueType[], byDefault: string, sums: () => readonly number[]): number {
  const wanted = types.findIndex(({ type }) => type !== '' && type === byDefault);
  if (wanted !== -1) return wanted;
  const known = types.flatMap(({ unit }, i) => (Object.hasOwn(units, unit) ? [i] : []));
  if (known.length <= 1) return known[0] ?? types.length - 1;
  const all = sums();
  const used = known.filter((i) => all[i] !== 0);
  const first = preferred.map((name) => used.find((i) => types[i]!.type === name)).find((i) => i !== undefined);
  return first ?? used.at(-1) ?? known.at(-1)!;
}

/** Names of values that count samples. */
const counts = /^(?:samples?|contentions)$/;

/** The unit of a value, and what one of it is in that unit. A number of other things than samples, such as objects, is one of events. */
export function unitOf({ type, unit }: ValueType = { type: '', unit: '' }): [Unit, number] {
  if (Object.hasOwn(units, unit)) return units[unit]!;
  return [/^(?:alloc|inuse)_objects$/.test(type) ? 'events' : 'samples', 1];
}

/**
 * How many samples a record stands for: its count of samples; or, of a profile that takes one sample every so many bytes, its bytes by that
 * rate. Undefined if the file has neither: counts of other things, such as objects, are no samples, nor is every byte.
 */
export function samplesOf(
  types: readonly ValueType[],
  chosen: number,
  period: { unit: string; every: number },
): ((values: readonly number[]) => number) | undefined {
  const count = types.findIndex(({ type, unit }) => unit === 'count' && counts.test(type));
  if (count !== -1) return (values) => values[count] ?? 0;
  // objects and space come in pairs: alloc_objects and alloc_space, inuse_objects and inuse_space
  const name = types[chosen]?.type.replace(/objects$/, 'space');
  const size = types.findIndex(({ type, unit }) => type === name && unit === period.unit);
  if (size === -1 || !(period.every > 1) || !Object.hasOwn(units, period.unit)) return undefined;
  return (values) => (values[size] ?? 0) / period.every;
}
