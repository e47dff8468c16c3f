import type { Unit } from '../model.ts';

/** The type and unit of one of the values that each sample has. */
type ValueType = { type: string; unit: string };

/** For each unit of times and sizes: the profile's unit, and the factor that converts a value to this unit. */
export const units: Record<string, [Unit, number]> = {
  nanoseconds: ['ms', 1e-6],
  microseconds: ['ms', 1e-3],
  milliseconds: ['ms', 1],
  seconds: ['ms', 1000],
  bytes: ['bytes', 1],
  kilobytes: ['bytes', 1024],
};

/** The types of time that are chosen first, if a profile has several. */
const preferred = ['cpu', 'wall'];

/**
 * The index of the value that is read from each sample. A default that the file names is chosen first. Without such a default, the
 * candidates are the times and sizes that are above zero in some sample. CPU time is preferred, then wall time, then the last candidate in
 * the file. If the file has no time and no size, the last value is chosen. `sums` is called only if several candidates exist, because it
 * reads the whole file.
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

/**
 * The profile's unit for a value, and the factor that converts the value to this unit. A count of anything but samples (such as objects)
 * has the unit `events`.
 */
export function unitOf({ type, unit }: ValueType = { type: '', unit: '' }): [Unit, number] {
  if (Object.hasOwn(units, unit)) return units[unit]!;
  return [/^(?:alloc|inuse)_objects$/.test(type) ? 'events' : 'samples', 1];
}

/**
 * Returns a function that takes the values of an entry in the file, and calculates how many samples the entry stands for. If the file
 * counts samples, the result is the entry's count. If the profiler took a sample after every N bytes, the result is the entry's bytes
 * divided by N. Undefined if neither is known. Counts of other things, such as objects, are not numbers of samples.
 */
export function samplesOf(
  types: readonly ValueType[],
  chosen: number,
  period: { unit: string; every: number },
): ((values: readonly number[]) => number) | undefined {
  const count = types.findIndex(({ type, unit }) => unit === 'count' && counts.test(type));
  if (count !== -1) return (values) => values[count] ?? 0;
  // types of objects and of space come in pairs: alloc_objects and alloc_space, inuse_objects and inuse_space
  const name = types[chosen]?.type.replace(/objects$/, 'space');
  const size = types.findIndex(({ type, unit }) => type === name && unit === period.unit);
  if (size === -1 || !(period.every > 1) || !Object.hasOwn(units, period.unit)) return undefined;
  return (values) => (values[size] ?? 0) / period.every;
}
