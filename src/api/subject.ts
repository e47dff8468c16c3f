import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure } from '../core/errors.ts';
import { asset } from '../core/locate.ts';
import { shellWord } from '../core/text.ts';

/**
 * A subject, turned into a shell script that can be measured. `printed`: the name of the metric that the command prints. Null if the
 * command's wall time is measured.
 */
export type Measurable = { name: string; script: string; printed: string | null; unit: string };

/** @throws function_given: the subject is a function of this process; usage: the subject is neither a command nor a module */
export function measurable(subject: unknown, folder: string): Measurable {
  if (typeof subject === 'function') throw failure('function_given');
  if (typeof subject === 'string') return command(subject, null);
  const given = (typeof subject === 'object' && subject !== null ? subject : {}) as Record<string, unknown>;
  if (typeof given.module === 'function' || typeof given.export === 'function') throw failure('function_given');
  if (typeof given.command === 'string')
    return command(given.command, typeof given.metric === 'string' ? given.metric : null);
  if (typeof given.module === 'string' || given.module instanceof URL)
    return exported(fileOf(given.module, folder), typeof given.export === 'string' ? given.export : 'default');
  throw failure('usage', {
    problem: 'The subject is neither a command nor a module.',
    hint: "Give { command: 'node x.js' } or { module: './x.js', export: 'run' }.",
  });
}

const command = (script: string, metric: string | null): Measurable => ({
  name: script,
  script,
  printed: metric,
  unit: '',
});

const fileOf = (module: string | URL, folder: string): string =>
  module instanceof URL || module.startsWith('file:') ? fileURLToPath(module) : resolve(folder, module);

/**
 * The command that runs call.mjs. This script calls the function and prints the time of a call. The time does not include the start of the
 * process, which takes longer than most functions.
 */
function exported(file: string, name: string): Measurable {
  if (!existsSync(file))
    throw failure('usage', {
      problem: `There is no module ${file}.`,
      hint: "Give the module’s path with the file extension, relative to the test file, or new URL('./x.js', import.meta.url).",
    });
  const source = asset('src/api/call.mjs');
  const caller = existsSync(source) ? source : asset('dist/call.cjs');
  const script = [process.execPath, caller, file, name].map(shellWord).join(' ');
  return { name: `${name} of ${file}`, script, printed: 'call_ms', unit: 'ms' };
}
