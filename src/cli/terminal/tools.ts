import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { systemClock } from '../../core/clock.ts';
import { exit, failure } from '../../core/errors.ts';
import type { Options, Tools } from '../command.ts';
import { lookOf } from './look.ts';

/** The world of the real process. Ctrl-C once lets the run stop in good order; twice ends the process. */
export async function toolsFor(options: Options, silent?: true): Promise<Tools> {
  const cwd = resolve(typeof options.cwd === 'string' ? options.cwd : process.cwd());
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw failure('usage', { problem: `There is no folder ${cwd}.`, hint: 'Pass an existing folder with --cwd.' });
  const json = options.json === true;
  const colour = pc.isColorSupported && (process.stderr.isTTY || process.env.FORCE_COLOR !== undefined);
  const width = process.stderr.columns ?? 100;
  const listen = async () => {
    const { listener } = await import('./listener.ts');
    return listener({
      look: lookOf({ width, colour, env: process.env }),
      live: process.stderr.isTTY === true,
      clock: systemClock,
      write: (text) => process.stderr.write(text),
    });
  };
  return {
    cwd,
    env: process.env,
    clock: systemClock,
    signal: interruptSignal(),
    notify: silent ? () => {} : await listen(),
    out: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    say: (text) => process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && !json,
    colour,
    width,
    json,
  };
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
