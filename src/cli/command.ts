import type { Option, OptionTable, Raw } from './options.ts';
import type { Tools } from './terminal/tools.ts';

/** What a person wants, in the order of the help: every command belongs to one group. */
export const groups = {
  run: 'A run, from the contract to a branch for review',
  question: 'A question, without a run',
  look: 'Looking at runs',
  agents: 'Agents',
  hooks: 'rare',
  machine: 'This project and this machine',
  fleet: 'several machines',
} as const;

/** Commands of two words, such as `sentinel list`, by their first: one line of the help stands for all of them. */
export const families = {
  sentinel: 'what the hooks of Claude Code and of its plugins cost',
  monitor: 'what sessions, hooks, tools and agents take, day by day',
  fleet: 'machines that measure what waits in a database',
} as const;

export const isFamily = (name: string): name is keyof typeof families => Object.hasOwn(families, name);

/** What help and reference show of a command. */
type Described = {
  /** One word; two for a command of a family. */
  name: string;
  group: keyof typeof groups;
  /** How it is called, where arguments and options do not show it. */
  usage?: string;
  /** One line, without a full stop. */
  summary: string;
  /** What it does, where one line is not enough. */
  detail?: string;
  example: string;
  /** What shells complete the first argument to, or all of them: words, or names; files unless given. */
  completes?: readonly string[] | 'commits' | 'runs';
  /** The command only reads: it emits no events, so the code that draws them is not loaded. */
  silent?: true;
};

/** A command: what help shows, how its words become one typed object, and what it does with it. */
export type Command<Parsed = unknown> = Described & {
  /** Positional arguments in commander's form, such as `<base> [file]`; `''` for none. */
  arguments: string;
  options: OptionTable;
  /** `options` are as commander gives them, by their names in camel case. @throws usage */
  parse(words: readonly string[], options: Record<string, Raw>): Parsed;
  /** Returns the exit code. */
  run(parsed: Parsed, tools: Tools): Promise<number>;
};

type Definition<Arguments extends string, Table extends OptionTable, Parsed> = Described & {
  arguments?: Arguments;
  options?: Table;
  /** What options mean together. @throws usage */
  parse?: (given: Given<Arguments, Table>) => Parsed;
  run(parsed: Parsed, tools: Tools): Promise<number>;
};

/** Defines a command; its arguments and options give the type of what `parse` takes, and, without a `parse`, of what `run` takes. */
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

/** The values of a table of options, by their names in camel case. */
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

/** Commander keeps `--no-branch` as the value false of `branch`, and `--no-worse-than 3%` as the text of `worseThan`. */
function rawOf(name: string, options: Record<string, Raw>): Raw {
  const negated = /^--no-(.+)$/.exec(name);
  if (!negated) return options[camel(name)];
  const value = options[camel(negated[1]!)];
  return typeof value === 'string' ? value : value === false;
}

const camel = (name: string) =>
  name.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
