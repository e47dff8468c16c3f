import type { Option, OptionTable, Raw } from './options.ts';
import type { Tools } from './terminal/tools.ts';

/** Titles of the groups of commands, in the order of the help. Every command belongs to one group. */
export const groups = {
  run: 'A run, from the contract to a branch for review',
  question: 'Questions that need no run',
  look: 'Looking at runs',
  agents: 'Agents',
  hooks: 'Commands that a person rarely types',
  machine: 'This project and this machine',
  fleet: 'Several machines',
} as const;

/** First words of two-word commands such as `sentinel list`. The general help shows one line for each family. */
export const families = {
  sentinel: 'what the hooks of Claude Code and of its plugins cost',
  monitor: 'time and cost of sessions, hooks, tools and agents, day by day',
  fleet: 'hosts that take measuring jobs from a shared database',
} as const;

export const isFamily = (name: string): name is keyof typeof families => Object.hasOwn(families, name);

/** The parts of a command that the help and the reference show. */
type Described = {
  /** The words that a user types: one word, or two for a command of a family. */
  name: string;
  group: keyof typeof groups;
  /** The usage line. If absent, the help makes the line from the arguments and options. */
  usage?: string;
  /** One line, without a full stop. */
  summary: string;
  /** Further sentences below the summary in the help. */
  detail?: string;
  example: string;
  /** The words that a shell completes as arguments: fixed words (for the first argument only), commits or runs. Default: file names. */
  completes?: readonly string[] | 'commits' | 'runs';
  /** True for a command that only reads. Such a command emits no events, so the code that draws events is not loaded. */
  silent?: true;
};

/** A command of perf-gate: its help, its parser and its action. The parser turns the typed words into one object. */
export type Command<Parsed = unknown> = Described & {
  /** Positional arguments in commander's form, such as `<base> [file]`; `''` for none. */
  arguments: string;
  options: OptionTable;
  /** `options`: raw values from commander, by their names in camel case. @throws usage */
  parse(words: readonly string[], options: Record<string, Raw>): Parsed;
  /** Returns the exit code. */
  run(parsed: Parsed, tools: Tools): Promise<number>;
};

type Definition<Arguments extends string, Table extends OptionTable, Parsed> = Described & {
  arguments?: Arguments;
  options?: Table;
  /** Combines the command's arguments and options into one object. @throws usage */
  parse?: (given: Given<Arguments, Table>) => Parsed;
  run(parsed: Parsed, tools: Tools): Promise<number>;
};

/** Defines a command. `parse` gets the typed values of the command's arguments and options. Without `parse`, `run` gets these values. */
export function define<
  const Arguments extends string = '',
  Table extends OptionTable = Record<never, never>,
  Parsed = Given<Arguments, Table>,
>(definition: Definition<Arguments, Table, Parsed>): Command<Parsed> {
  const { arguments: positional = '', options: table = {} as Table, parse } = definition;
  return {
    ...definition,
    arguments: positional,
    options: table,
    parse(words, options) {
      const given = { ...argumentsOf(positional, words), ...valuesOf(table, options) } as Given<Arguments, Table>;
      return parse ? parse(given) : (given as Parsed);
    },
  };
}

/** The values of arguments and options, by their names in camel case. */
export type Given<Arguments extends string, Table extends OptionTable> = Words<Arguments> & Values<Table>;

/** The values of a command's options, by the options' names in camel case. */
export type Values<Table extends OptionTable> = {
  [Flags in keyof Table & string as NameOf<Flags>]: Table[Flags] extends Option<infer Value> ? Value : never;
};

type Words<Arguments extends string> = Arguments extends `${infer First} ${infer Rest}`
  ? Words<First> & Words<Rest>
  : Arguments extends `<${infer Name}...>` | `[${infer Name}...]`
    ? Record<Name, string[]>
    : Arguments extends `<${infer Name}>`
      ? Record<Name, string>
      : Arguments extends `[${infer Name}]`
        ? Record<Name, string | undefined>
        : unknown;

type NameOf<Flags extends string> = Flags extends `--${infer Name} ${string}`
  ? Camel<Name>
  : Flags extends `--${infer Name}`
    ? Camel<Name>
    : never;

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

function argumentsOf(positional: string, words: readonly string[]): Record<string, string | string[] | undefined> {
  const names = positional.split(' ').filter(Boolean);
  return Object.fromEntries(
    names.map((spelled, i) => [spelled.replace(/[<>[\].]/g, ''), spelled.includes('...') ? words.slice(i) : words[i]]),
  );
}

function valuesOf(table: OptionTable, options: Record<string, Raw>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([flags, option]) => {
      const [name = ''] = flags.split(' ');
      return [camel(name), option.read(rawOf(name, options), name)];
    }),
  );
}

/**
 * The raw value of an option. For `--no-branch`, commander sets `branch` to false. For `--no-worse-than 3%`, commander sets `worseThan` to
 * `3%`.
 */
function rawOf(name: string, options: Record<string, Raw>): Raw {
  const negated = /^--no-(.+)$/.exec(name);
  if (!negated) return options[camel(name)];
  const value = options[camel(negated[1]!)];
  return typeof value === 'string' ? value : value === false;
}

const camel = (name: string) =>
  name.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
