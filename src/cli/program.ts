import { Command as Program } from 'commander';
import { exit, failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import type { Command, Options } from './command.ts';
import { commands } from './commands.ts';

type Dispatch = (load: Command['load'], args: string[], options: Options) => Promise<void>;

/** The commander program, made from the table of commands. */
export function buildProgram(version: string, dispatch: Dispatch): Program {
  const program = new Program('perf-gate')
    .description('No speed-up without proof: measures, judges, commits what is proved and reverts the rest.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .exitOverride(refuse)
    .configureOutput({ writeErr: () => {} });
  for (const command of commands) program.addCommand(commandOf(command, dispatch));
  return program;
}

function commandOf(row: Command, dispatch: Dispatch): Program {
  const command = new Program(row.name)
    .description(row.detail ? `${row.summary}\n\n${row.detail}` : row.summary)
    .summary(row.summary)
    .exitOverride(refuse)
    .configureOutput({ writeErr: () => {} });
  for (const argument of row.args?.split(' ') ?? []) command.argument(argument);
  if (row.usage) command.usage(row.usage);
  for (const [flags, description] of row.options ?? []) command.option(flags, description);
  return command
    .option('--cwd <dir>', 'the project’s root (default: the current folder)')
    .option('--json', 'one JSON object on stdout, nothing else')
    .option('--debug', 'show stack traces')
    .addHelpText('after', `\nExample:\n  $ ${row.example}`)
    .action(async (...given: unknown[]) => {
      const args = given
        .slice(0, -2)
        .flat()
        .filter((a): a is string => typeof a === 'string');
      await dispatch(row.load, args, given.at(-2) as Options);
    });
}

/** Commander ends the process by itself otherwise; help and version are no errors. */
function refuse(error: { exitCode: number; message: string }): void {
  if (error.exitCode === exit.done) throw Object.assign(error, { help: true });
  const problem = oneLine(error.message).replace(/^error: /, '');
  throw failure('usage', {
    problem: `${problem[0]!.toUpperCase()}${problem.slice(1)}.`.replace('..', '.'),
    hint: 'See `perf-gate --help`.',
  });
}
