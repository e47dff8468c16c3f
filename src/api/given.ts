import { failure } from '../core/errors.ts';

/** An inclusive range. */
type Bounds = { least: number; most: number; whole?: true };

/** The allowed range of a timeout, in seconds. */
export const seconds: Bounds = { least: 0.001, most: 86_400 };

/** Checks that the given numbers are within the bounds; an undefined number passes. @throws usage */
export function mustBeWithin({ least, most, whole }: Bounds, given: Record<string, number | undefined>): void {
  const wrong = Object.entries(given).find(
    ([, value]) => value !== undefined && !(value >= least && value <= most && (!whole || Number.isInteger(value))),
  );
  if (!wrong) return;
  const [name, value] = wrong;
  throw failure('usage', {
    problem: `\`${name}\` is ${value}.`,
    hint: `Give a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`,
  });
}

/** Checks that the given word is one of the allowed words; an undefined word passes. @throws usage */
export function mustBeOneOf(name: string, given: string | undefined, words: readonly string[]): void {
  if (given === undefined || words.includes(given)) return;
  throw failure('usage', { problem: `\`${name}\` is “${given}”.`, hint: `Give one of ${words.join(', ')}.` });
}
