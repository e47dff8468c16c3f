import { type Amount, parseAmount } from '../core/amount.ts';
import { failure } from '../core/errors.ts';

/** The raw value of one option from commander. Undefined if the option was not given. */
export type Raw = string | boolean | string[] | undefined;

/**
 * One option. `description`: its text in the help. `read`: turns the raw value into a typed value. `name`: the option's flag, such as
 * `--runs`, for error messages.
 */
export type Option<Value = unknown> = {
  description: string;
  read(raw: Raw, name: string): Value;
  /** Short form: `r` for `-r`. */
  letter?: string;
  /** The value of the option is optional and follows `=`. The next word is never the value, because it can be the command. */
  attached?: true;
  /** The option may be given several times. If the flag has two values, as in `--x <a> <b>`, two words follow each time. */
  repeats?: true;
  /** The values that a shell completes. */
  words?: readonly string[];
  /**
   * The heading in the help under which the option is listed. `hidden`: the help does not list the option, because the line of another
   * option mentions it or because its spelling is old.
   */
  heading?: string;
};

/** The options of a command. Each key is a flag with the name of its value: `'--runs <n>'`. */
export type OptionTable = Record<`--${string}`, Option>;

/** An option without a value. True if the user gives the option. */
export const flag = (description: string): Option<boolean> => ({ description, read: (raw) => raw === true });

/** Any text. */
export const text = (description: string): Option<string | undefined> => ({ description, read: textOf });

/** An option whose value can be any text. A shell completes the words in `words`. */
export const suggested = (description: string, words: readonly string[]): Option<string | undefined> => ({
  ...text(description),
  words,
});

/** An option with several texts after one flag. The name of the value must end with dots: `<name...>`. */
export const list = (description: string): Option<string[]> => ({
  description,
  read: (raw) => (Array.isArray(raw) ? raw : typeof raw === 'string' ? [raw] : []),
});

/** An inclusive range. */
type Bounds = { least: number; most?: number; whole?: true };

/** An option that may be repeated, with one value each time: `--prepare <command>`. */
export const texts = (description: string): Option<string[]> => ({ ...list(description), repeats: true });

/** An option that may be repeated, with several values each time: `--parameter-list <name> <values>`. */
export const tuples = (description: string): Option<string[][]> => ({
  description,
  repeats: true,
  read: (raw) =>
    list('')
      .read(raw, '')
      .map((joined) => joined.split(BETWEEN)),
});

/** A separator that no word of a command line can contain. */
const BETWEEN = '\0';

/**
 * Rewrites the words of a command line for commander, which reads one word per option. Joins several values of an option into one word. If
 * an option with an attached value has no value, `=` is added: `--ignore-failure` becomes `--ignore-failure=`. Words after `--` stay as
 * they are.
 * @throws usage: too few values
 */
export function joinValues(table: OptionTable, words: readonly string[]): string[] {
  const several = Object.entries(table).flatMap(([flags, { letter }]) => {
    const [name = '', ...values] = flags.split(' ');
    return values.length > 1 ? [{ spelled: [name, `-${letter}`], name, values }] : [];
  });
  const attached = Object.entries(table).flatMap(([flags, option]) => {
    const [name = ''] = flags.split(' ');
    return option.attached ? [{ spelled: [name, `-${option.letter}`], name }] : [];
  });
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const joined: string[] = [];
  for (let i = 0; i < end; i++) {
    const word = words[i]!;
    const alone = attached.find(({ spelled }) => spelled.includes(word));
    joined.push(alone ? `${alone.name}=` : word);
    const option = several.find(({ spelled }) => spelled.includes(word));
    if (!option) continue;
    const given = words.slice(i + 1, Math.min(end, i + 1 + option.values.length));
    if (given.length < option.values.length)
      throw failure('usage', {
        problem: `${option.name} needs ${option.values.length} values: ${option.values.join(' ')}.`,
        hint: 'Give all values before `--` and the command.',
      });
    joined.push(given.join(BETWEEN));
    i += given.length;
  }
  return [...joined, ...words.slice(end)];
}

/** An option with a number within bounds. `otherwise`: the default, which the help shows. */
export function number(description: string, bounds: Bounds & { otherwise: number }): Option<number>;
export function number(description: string, bounds: Bounds): Option<number | undefined>;
export function number(description: string, bounds: Bounds & { otherwise?: number }): Option<number | undefined> {
  return {
    description: withDefault(description, bounds.otherwise),
    read: (raw, name) => (typeof raw === 'string' ? numberIn(bounds, raw, name) : bounds.otherwise),
  };
}

/** An option with a percentage within bounds, with or without the sign `%`: `20%`, `20`. */
export function percent(description: string, bounds: Bounds & { otherwise: number }): Option<number>;
export function percent(description: string, bounds: Bounds): Option<number | undefined>;
export function percent(description: string, bounds: Bounds & { otherwise?: number }): Option<number | undefined> {
  return {
    description: withDefault(description, bounds.otherwise === undefined ? undefined : `${bounds.otherwise}%`),
    read: (raw, name) =>
      typeof raw === 'string' ? numberIn(bounds, raw, name, raw.replace(/\s*%\s*$/, '')) : bounds.otherwise,
  };
}

/** An option with a share in per cent, or with an amount in a unit: `5%`, `10ms`. */
export const amount = (description: string): Option<Amount | undefined> => ({
  description,
  read: (raw) => (typeof raw === 'string' ? parseAmount(raw) : undefined),
});

/** The hours of each unit of time. A month has 30 days. */
const hours = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24, week: 168, month: 720 };

/** An option with a rate such as `2000/day`. It is converted to a number per month. */
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

/**
 * `noun`: the kind of thing that each word names, such as `domain`. The message about an unknown word contains it: “There is no domain …”.
 */
type Choosing<Word> = { otherwise?: Word; noun?: string };

/** An option whose value must be one of `words`. `otherwise`: the default, which the help shows. */
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
    words,
    read(raw, name) {
      if (typeof raw !== 'string') return otherwise;
      const found = words.find((word) => word === raw);
      if (found !== undefined) return found;
      const problem = noun ? `There is no ${noun} “${raw}”.` : `${name} is “${raw}”.`;
      throw failure('usage', { problem, hint: `Use one of ${words.join(', ')}.` });
    },
  };
}

/** Gives an option a one-letter spelling, such as `-r` for `--runs`. */
export const lettered = <Value>(letter: string, option: Option<Value>): Option<Value> => ({ ...option, letter });

/** Options under a heading. An option that already has a heading keeps that heading. */
export function under<Table extends OptionTable>(heading: string, table: Table): Table {
  return Object.fromEntries(Object.entries(table).map(([flags, option]) => [flags, { heading, ...option }])) as Table;
}

/**
 * Puts `for FORM:` before the description of each option. FORM says in which form of the command the option is valid: `commits` means
 * `compare BASE HEAD`.
 */
export function only<Table extends OptionTable>(form: string, table: Table): Table {
  const marked = Object.entries(table).map(([flags, option]) => [
    flags,
    { ...option, description: `for ${form}: ${option.description}` },
  ]);
  return Object.fromEntries(marked) as Table;
}

const textOf = (raw: Raw) => (typeof raw === 'string' ? raw : undefined);

const withDefault = (description: string, otherwise: string | number | undefined) =>
  otherwise === undefined ? description : `${description} (default ${otherwise})`;

/** Parses a number within bounds. `digits`: the given text without a sign such as `%`. */
function numberIn({ least, most = Infinity, whole }: Bounds, given: string, name: string, digits = given): number {
  const value = digits.trim() === '' ? Number.NaN : Number(digits);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
  throw failure('usage', {
    problem: `${name} is “${given}”.`,
    hint: `Give a ${whole ? 'whole number' : 'number'}, ${range}: ${name} ${Math.max(least, 10)}.`,
  });
}

/** Options that every command has in addition to its own options. */
export const everywhere = {
  '--cwd <dir>': text('the project’s root (default: the current folder)'),
  '--json': flag('print one JSON object on stdout, nothing else'),
  '--debug': flag('show stack traces'),
};
