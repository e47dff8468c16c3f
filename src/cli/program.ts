import { Option as Flag, Command as Program } from 'commander';
import { exit, failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { type Command, families, groups, isFamily } from './command.ts';
import { wayFor } from './foreign-options.ts';
import { everywhere, type Option, type Raw } from './options.ts';

/** A function that runs a command with its words and the raw options from commander. */
export type Execute = (command: Command, words: string[], options: Record<string, Raw>) => Promise<void>;

/** The commander program that parses the given commands. */
export function buildProgram(commands: readonly Command[], execute: Execute): Program {
  const program = new Program('perf-gate')
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .exitOverride(refuse)
    .configureHelp({ formatHelp: () => overview(commands) })
    .configureOutput({ writeErr: () => {} });
  for (const command of commands) {
    const { family, word } = partsOf(command);
    const parent =
      family === null ? program : (program.commands.find((c) => c.name() === family) ?? familyOf(program, family));
    parent.addCommand(programOf({ ...command, name: word }, execute));
  }
  return program;
}

/** `sentinel list` is the command `list` of the family `sentinel`. */
function partsOf({ name }: Pick<Command, 'name'>): { family: keyof typeof families | null; word: string } {
  const [first = '', second] = name.split(' ');
  return second !== undefined && isFamily(first) ? { family: first, word: second } : { family: null, word: first };
}

/** Adds a parent command for a family, such as `sentinel`. Its help lists the commands of the family. */
function familyOf(program: Program, name: keyof typeof families): Program {
  const family = new Program(name)
    .summary(families[name])
    .description(families[name])
    .usage('<command> [options]')
    .helpCommand(false)
    .exitOverride(refuse)
    .configureOutput({ writeErr: () => {} });
  program.addCommand(family);
  return family;
}

function programOf(command: Command, execute: Execute): Program {
  const { name, summary, detail, usage, example } = command;
  const program = new Program(name)
    .description(detail ? `${summary}\n\n${detail}` : summary)
    .summary(summary)
    .exitOverride(refuse)
    .configureHelp({
      // limits the column of flags, because a few long flags would push all descriptions to the right edge
      padWidth: (own, helper) => Math.min(WIDE, helper.longestOptionTermLength(own, helper)),
    })
    .configureOutput({ writeErr: () => {} });
  for (const argument of command.arguments.split(' ').filter(Boolean)) program.argument(argument);
  if (usage) program.usage(usage);
  for (const [flags, option] of Object.entries({ ...command.options, ...everywhere }))
    program.addOption(flagOf(flags, option));
  return program.addHelpText('after', `\nExample:\n  $ ${example}`).action(async (...given: unknown[]) => {
    const words = given
      .slice(0, -2)
      .flat()
      .filter((word): word is string => typeof word === 'string');
    await execute(command, words, given.at(-2) as Record<string, Raw>);
  });
}

const WIDE = 26;

function flagOf(flags: string, { description, letter, repeats, heading }: Option): Flag {
  const flag = new Flag(letter ? `-${letter}, ${flags}` : flags, description);
  if (repeats) flag.argParser((value: string, before: string[] = []) => [...before, value]);
  if (heading === 'hidden') flag.hideHelp();
  else if (heading) flag.helpGroup(heading);
  return flag;
}

/**
 * The general help on one screen of 80 columns and 40 lines: one line per command, in groups. Rare commands have no line: only their names
 * appear, after the title of a group.
 */
function overview(commands: readonly Command[]): string {
  const membersOf = (group: string) => {
    const members = commands.filter((command) => command.group === group);
    const rows = members.map((command): [string, string] => {
      const { family, word } = partsOf(command);
      return family === null ? [word, command.summary] : [family, families[family]];
    });
    return [...new Map(rows)];
  };
  const titled = Object.entries(groups).filter(([group]) => group !== 'hooks' && group !== 'fleet');
  const named = (group: string) =>
    membersOf(group)
      .map(([name]) => name)
      .join(', ');
  const beside: Record<string, string> = {
    agents: `   (rare: ${named('hooks')})`,
    machine: `   (several machines: ${named('fleet')})`,
  };
  const lines = titled.flatMap(([group, title]) => [
    title + (beside[group] ?? ''),
    ...membersOf(group).map(([name, summary]) => `  ${name.padEnd(10)}  ${summary}`),
  ]);
  return ['Usage: perf-gate <command> [options]   (details: perf-gate <command> --help)', ...lines, ''].join('\n');
}

/**
 * Throws an error, so that commander does not end the process. The exit code 0 means that commander printed the help; every other exit code
 * means a usage error.
 * @throws usage
 */
function refuse(error: { exitCode: number; message: string }): void {
  if (error.exitCode === exit.done) throw Object.assign(error, { help: true });
  const message = oneLine(error.message).replace(/^error: /, '');
  const [, option = ''] = /^unknown option '([^'=]+)/.exec(message) ?? [];
  const way = wayFor(option);
  const problem = way === undefined ? message : `This command has no option ${option}`;
  throw failure('usage', {
    problem: `${problem[0]!.toUpperCase()}${problem.slice(1)}.`.replace('..', '.'),
    hint: way ?? 'See `perf-gate --help`.',
  });
}
