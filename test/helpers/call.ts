import type { Command } from '../../src/cli/command.ts';
import type { Raw } from '../../src/cli/options.ts';
import type { Tools } from '../../src/cli/terminal/tools.ts';
import { systemClock } from '../../src/core/clock.ts';
import { isFailure } from '../../src/core/errors.ts';

/** How a command ended: its exit code, its output, and its error. */
export type Called = { code: number; out: string; said: string; error: { code: string; message: string } | null };

/** Options as the command-line parser returns them; names in camel case. */
export type Options = Record<string, Raw>;

/** Runs a command in this process, as the command line does. A command that measures needs the cache in `env`. */
export async function call<Parsed>(
  command: Command<Parsed>,
  { cwd, env = {}, notify = () => {} }: { cwd: string; env?: Record<string, string>; notify?: Tools['notify'] },
  args: string[],
  options: Options = {},
): Promise<Called> {
  const printed = { out: '', said: '' };
  const tools: Tools = {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    clock: systemClock,
    notify,
    signal: new AbortController().signal,
    out: (text) => {
      printed.out += `${text}\n`;
    },
    say: (text) => {
      printed.said += `${text}\n`;
    },
    interactive: false,
    colour: false,
    height: 50,
    width: 80,
    json: options.json === true,
  };
  try {
    return { code: await command.run(command.parse(args, options), tools), ...printed, error: null };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { code: error.exitCode, ...printed, error: { code: error.code, message: error.message } };
  }
}
