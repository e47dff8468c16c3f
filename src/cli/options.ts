import { failure } from '../core/errors.ts';
import { type Amount, parseAmount } from './amount.ts';

/** What commander read for one option; undefined if it was not given. */
export type Raw = string | boolean | string[] | undefined;

/** One option: its help, and how its value is read. `name` is the flag for messages, such as `--runs`. */
export type Option<Value = unknown> = { description: string; read(raw: Raw, name: string): Value };

/** The options of a command, by flag and value name: `'--runs <n>'`. */
export type OptionTable = Record<`--${string}`, Option>;

/** On or off. */
export const flag = (description: string): Option<boolean> => ({ description, read: (raw) => raw === true });

/** Any text. */
export const text = (description: string): Option<string | undefined> => ({ description, read: textOf });

/** Texts, from an option that may be repeated: write its value name with dots, `<name...>`. */
export const list = (description: string): Option<string[]> => ({
  description,
  read: (raw) => (Array.isArray(raw) ? raw : typeof raw === 'string' ? [raw] : []),
});

/** Both ends are included. */
type Bounds = { least: number; most?: number; whole?: true };

/** A number within bounds. `otherwise` is the default, which the help shows. */
export function number(description: string, bounds: Bounds & { otherwise: number }): Option<number>;
export function number(description: string, bounds: Bounds): Option<number | undefined>;
export function number(description: string, bounds: Bounds & { otherwise?: number }): Option<number | undefined> {
  return {
    description: withDefault(description, bounds.otherwise),
    read: (raw, name) => (typeof raw === 'string' ? numberIn(bounds, raw, name) : bounds.otherwise),
  };
}

/** The same in per cent, with or without the sign: `20%`, `20`. */
export function percent(description: string, bounds: Bounds & { otherwise: number }): Option<number>;
export function percent(description: string, bounds: Bounds): Option<number | undefined>;
export function percent(description: string, bounds: Bounds & { otherwise?: number }): Option<number | undefined> {
  return {
    description: withDefault(description, bounds.otherwise === undefined ? undefined : `${bounds.otherwise}%`),
    read: (raw, name) =>
      typeof raw === 'string' ? numberIn(bounds, raw, name, raw.replace(/\s*%\s*$/, '')) : bounds.otherwise,
  };
}

/** A share in per cent, or an amount in a unit: `5%`, `10ms`. */
export const amount = (description: string): Option<Amount | undefined> => ({
  description,
  read: (raw) => (typeof raw === 'string' ? parseAmount(raw) : undefined),
});

/** Hours in a span of time; a month has 30 days. */
const hours = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24, week: 168, month: 720 };

/** How often something happens, such as `2000/day`; as a number a month. */
export const rate = (description: string): Option<number | undefined> => ({
  description,
  read(raw, name) {
    if (typeof raw !== 'string') return undefined;
    const [, number, span] = /^\s*(\d+(?:\.\d+)?)\s*\/\s*([a-z]+)\s*$/.exec(raw) ?? [];
    const known = span !== undefined && Object.hasOwn(hours, span) ? hours[span as keyof typeof hours] : undefined;
    if (known !== undefined && Number(number) > 0) return (Number(number) * hours.month) / known;
    throw failure('usage', {
      problem: `${name} is “${raw}”.`,
      hint: `Give a number a ${Object.keys(hours).join(', ')}: ${name} 2000/day.`,
    });
  },
});

/** `noun` names the thing in messages that tell what there is none of. */
type Choosing<Word> = { otherwise?: Word; noun?: string };

/** One of a few words. `otherwise` is the default, which the help shows. */
export function choice<const Word extends string>(
  description: string,
  words: readonly Word[],
  choosing: Choosing<Word> & { otherwise: Word },
): Option<Word>;
export function choice<const Word extends string>(
  description: string,
  words: readonly Word[],
  choosing?: Choosing<Word>,
): Option<Word | undefined>;
export function choice<const Word extends string>(
  description: string,
  words: readonly Word[],
  { otherwise, noun }: Choosing<Word> = {},
): Option<Word | undefined> {
  return {
    description: withDefault(description, otherwise),
    read(raw, name) {
      if (typeof raw !== 'string') return otherwise;
      const found = words.find((word) => word === raw);
      if (found !== undefined) return found;
      const problem = noun ? `There is no ${noun} “${raw}”.` : `${name} is “${raw}”.`;
      throw failure('usage', { problem, hint: `Use one of ${words.join(', ')}.` });
    },
  };
}

/** The same options, their help marked as being for one form of the command only. */
export function only<Table extends OptionTable>(form: string, table: Table): Table {
  const marked = Object.entries(table).map(([flags, option]) => [
    flags,
    { ...option, description: `${form}: ${option.description}` },
  ]);
  return Object.fromEntries(marked) as Table;
}

const textOf = (raw: Raw) => (typeof raw === 'string' ? raw : undefined);

const withDefault = (description: string, otherwise: string | number | undefined) =>
  otherwise === undefined ? description : `${description} (default ${otherwise})`;

/** `digits` is what was given, without a sign such as `%`. */
function numberIn({ least, most = Infinity, whole }: Bounds, given: string, name: string, digits = given): number {
  const value = digits.trim() === '' ? Number.NaN : Number(digits);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
  throw failure('usage', {
    problem: `${name} is “${given}”.`,
    hint: `Give a ${whole ? 'whole number' : 'number'}, ${range}: ${name} ${Math.max(least, 10)}.`,
  });
}
