import fc from 'fast-check';
import { expect } from 'vitest';
import { isFailure } from '../../src/core/errors.ts';

/** `FUZZ_RUNS` asks for more, and for other ones each time; without it the same few are tried. `share` is for what takes long. */
export function howOften(few: number, share = 1): { numRuns: number; seed?: number } {
  const asked = Number(process.env.FUZZ_RUNS ?? 0);
  return asked > 0 ? { numRuns: Math.ceil(asked * share) } : { numRuns: few, seed: 20261121 };
}

/** Long enough for what was asked. */
export const timeout = process.env.FUZZ_RUNS ? 6 * 3_600_000 : 60_000;

/** One edit of a text's bytes: from where (0 to 1), how many are taken out, what is put in. */
type Edit = { at: number; out: number; put: string };

const known = ['\n', '"', '{', '}', '---\n', 'null', '1e999', '\u0000', '\ufeff', ': ', '&a', '*a', '\\'];
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  out: fc.oneof(fc.constant(0), fc.constant(1), fc.nat({ max: 40 })),
  put: fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom(...known)),
});

/** A few edits, to be made by `withEdits`. */
export const edits = fc.array(edit, { minLength: 1, maxLength: 3 });

/** The text with its bytes changed; a character of several bytes may be torn. */
export function withEdits(text: string | Uint8Array, made: readonly Edit[]): Buffer {
  return made.reduce((bytes, { at, out, put }) => {
    const place = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, place), Buffer.from(put), bytes.subarray(place + out)]);
  }, Buffer.from(text));
}

/** Any value that JSON can hold. */
export const anything = fc.jsonValue({ maxDepth: 2 });

/** Plain data with one value in it replaced, wherever it is. */
export function disturbed<Data>(data: Data): fc.Arbitrary<Data> {
  const paths = pathsOf(data);
  return fc.tuple(fc.constantFrom(...paths), anything).map(([path, value]) => {
    const copy = structuredClone(data);
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
    (holder as Record<string, unknown>)[path.at(-1)!] = value;
    return copy;
  });
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  const own = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** An error must be one of the catalogue, with a message for people: one of ours would be shown with a stack trace. */
export function refusal(error: unknown): undefined {
  if (!isFailure(error)) throw error;
  expect(error.message).not.toMatch(/\n\s+at |undefined|\[object /);
  expect(error.hint).not.toBe('');
}

/** Does it, or gives undefined where it is refused. */
export function orRefuses<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    return refusal(error);
  }
}
