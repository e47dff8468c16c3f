import { failure } from '../core/errors.ts';
import type { Options } from './command.ts';

/** The text of an option, if it was given. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number of an option within bounds, both included; the default when it was not given. Throws `usage`. */
export function numberOf<D>(
  options: Options,
  name: string,
  { least, most = Infinity, whole = false, otherwise }: { least: number; most?: number; whole?: boolean; otherwise: D },
): number | D {
  const given = textOf(options, name);
  if (given === undefined) return otherwise;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
  throw failure('usage', {
    problem: `${flagOf(name)} is “${given}”.`,
    hint: `Give a ${whole ? 'whole number' : 'number'}, ${range}: ${flagOf(name)} ${Math.max(least, 10)}.`,
  });
}

/** One of a few words; the first is the default. Throws `usage`. */
export function choiceOf<W extends string>(options: Options, name: string, words: readonly [W, ...W[]]): W {
  const given = textOf(options, name) ?? words[0];
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  throw failure('usage', {
    problem: `${flagOf(name)} is “${given}”.`,
    hint: `Use one of ${words.join(', ')}.`,
  });
}

const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
