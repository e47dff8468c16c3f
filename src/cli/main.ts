import pc from 'picocolors';
import { asDiskError } from '../core/disk.ts';
import { exit, failure, isFailure } from '../core/errors.ts';
import { printable } from '../core/text.ts';
import { titleOf } from '../core/title.ts';
import { folded } from '../report/terminal/fold.ts';
import { type Command, isFamily } from './command.ts';
import { allCommands, commands, isCommand } from './commands.ts';
import type { Raw } from './options.ts';
import { toolsFor } from './terminal/tools.ts';

/** Parses `argv`, runs the command, and sets the exit code. Only this function catches all errors. */
export async function run(argv: string[]): Promise<void> {
  process.title = titleOf(argv);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessClosed);
  const ours = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined); // the words after `--` belong to the user's command
  try {
    if (process.platform === 'win32') throw failure('unsupported_platform', { platform: 'Windows' });
    await call(argv);
  } catch (thrown) {
    if ((thrown as { help?: boolean }).help) return;
    const error = asDiskError(thrown);
    process.exitCode = isFailure(error) ? error.exitCode : exit.bug;
    printError(error, { json: ours.includes('--json'), debug: ours.includes('--debug') });
  }
}

/** Ignores EPIPE, so that the command does not end when a reader such as `head` closes the pipe. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/**
 * Runs the called command, and loads no more code than it needs. The parser is not loaded if the only word is `--json`. All commands are
 * loaded only for the general help and for unknown names.
 */
async function call(argv: string[]): Promise<void> {
  const { name, words } = calledBy(argv);
  const command = isCommand(name) ? ((await commands[name]()).command as Command) : undefined;
  const isPlain = words.every((word) => word === '--json') && !command?.arguments.includes('<');
  if (command && isPlain) return execute(command, [], { json: words.length > 0 });
  const [{ buildProgram }, { joinValues }] = await Promise.all([import('./program.ts'), import('./options.ts')]);
  const known = command ? [command] : await allCommands();
  const joined = command ? joinValues(command.options, words) : words;
  await buildProgram(known, execute).parseAsync([...name.split(' '), ...joined], { from: 'user' });
}

/**
 * The name of the command, which is one word or two, and the words after it. If only the name of a family is given, the call shows the
 * family's help.
 */
function calledBy(argv: string[]): { name: string; words: string[] } {
  const [first = '--help', second = '--help', ...rest] = argv;
  return isFamily(first) ? { name: `${first} ${second}`, words: rest } : { name: first, words: argv.slice(1) };
}

async function execute(command: Command, words: string[], options: Record<string, Raw>): Promise<void> {
  const parsed = command.parse(words, options);
  const { cwd, json } = options;
  const everywhere = { json: json === true, ...(typeof cwd === 'string' ? { cwd } : {}) };
  process.exitCode = await command.run(parsed, await toolsFor(everywhere, command.silent === true));
}

/** Prints the message and the hint of an error, and its stack trace with --debug. */
function printError(error: unknown, { json, debug }: { json: boolean; debug: boolean }): void {
  const known = isFailure(error);
  const message = printable(error instanceof Error ? error.message : String(error));
  if (json) {
    const body = known ? { code: error.code, message, hint: error.hint } : { code: 'bug', message, hint: BUG };
    process.stdout.write(`${JSON.stringify({ error: body })}\n`);
  }
  const colours = pc.createColors(pc.isColorSupported && process.stderr.isTTY);
  const text = `error: ${known ? message : `perf-gate has a bug: ${message}`}\nhint:  ${known ? error.hint : BUG}\n`;
  const shown = process.stderr.isTTY ? folded(text, process.stderr.columns) : text;
  process.stderr.write(shown.replace(/^error:/, colours.red).replace(/^hint:/m, colours.dim));
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

const BUG =
  'Your work is safe. `perf-gate resume` continues the run. Please report this bug with the output of the same command and --debug.';
