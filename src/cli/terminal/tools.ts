import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { systemClock } from '../../core/clock.ts';
import { exit, failure } from '../../core/errors.ts';
import type { RunWorld } from '../../record/state.ts';
import { folded } from '../../report/terminal/fold.ts';
import type { Look } from '../../report/terminal/look.ts';

/** The tools of a command: folder, environment, clock, signal, and the functions that print. */
export type Tools = RunWorld & {
  /** Prints to stdout. For data that programs read, and for the text that the user asked for. */
  out(text: string): void;
  /** Prints a message for people to stderr. In a terminal, lines are broken between words. */
  say(text: string): void;
  /** Whether the command may ask questions. */
  interactive: boolean;
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Lines of the terminal. */
  height: number;
  json: boolean;
};

/** The options of every command. */
type Everywhere = { cwd?: string; json: boolean };

/**
 * The tools of this process. The first Ctrl-C stops the work safely, and the second Ctrl-C ends the process. `silent`: the command emits no
 * events, so the code that draws events is not loaded.
 * @throws usage: no such folder
 */
export async function toolsFor({ cwd: folder, json }: Everywhere, silent: boolean): Promise<Tools> {
  const cwd = resolve(folder ?? process.cwd());
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw failure('usage', { problem: `There is no folder ${cwd}.`, hint: 'Pass an existing folder with --cwd.' });
  const tools: Tools = {
    cwd,
    env: process.env,
    clock: systemClock,
    signal: interruptSignal(),
    notify: () => {},
    out: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    say: (text) => {
      const shown = process.stderr.isTTY ? folded(text, process.stderr.columns) : text;
      process.stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    // `interactive`, `colour` and `width` are getters, because opening the streams takes longer than the work of a silent command.
    get interactive() {
      return process.stdin.isTTY === true && process.stdout.isTTY === true && !json;
    },
    get colour() {
      return pc.isColorSupported && (process.stderr.isTTY || process.env.FORCE_COLOR !== undefined);
    },
    get width() {
      return process.stderr.columns ?? 100;
    },
    get height() {
      return process.stdout.rows ?? 24;
    },
    json,
  };
  const fleet = () => import('../../fleet/client/session-on.ts');
  tools.elsewhere = {
    measure: async (repo, asked) => (await fleet()).sessionOn(repo, asked, tools),
    takesJobs: async (host) => (await fleet()).takesJobs(host, tools),
  };
  if (!silent) await listen(tools);
  return tools;
}

/** Makes `notify` print events, and makes `out` and `say` remove the status line first. */
async function listen(tools: Tools): Promise<void> {
  const { listener } = await import('./listener.ts');
  const { notify, clear } = listener({
    look: lookOf(tools),
    live: process.stderr.isTTY === true,
    clock: systemClock,
    write: (text) => process.stderr.write(text),
  });
  const after = (print: Tools['out']) => (text: string) => {
    clear();
    print(text);
  };
  Object.assign(tools, { notify, out: after(tools.out), say: after(tools.say) });
}

/** The width, colour and characters of this terminal. Boxes are drawn with characters of UTF-8 unless the locale names another encoding. */
export function lookOf({ width, colour, env }: Pick<Tools, 'width' | 'colour' | 'env'>): Look {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const unicode = /utf-?8/i.test(locale) || locale === '';
  return { width: Math.min(width, 100), colour, unicode };
}

function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exit.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}
