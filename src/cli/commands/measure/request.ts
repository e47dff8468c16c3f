import { failure } from '../../../core/errors.ts';
import type { Execution } from '../../../experiment/lineup.ts';
import { fieldsThatHold, type Metric, unitOf } from '../../../measure/sources/sources.ts';
import { sourceSpelled, spellings } from '../../../measure/sources/spelling.ts';
import type { Values } from '../../command.ts';
import { flag, lettered, number, type Option, text, under } from '../../options.ts';

/** A shell by its name or command line; without a value the ordinary one. */
const shell = (description: string): Option<string | undefined> => ({
  description,
  read: (raw) => (raw === true ? 'default' : typeof raw === 'string' ? raw : undefined),
});

/** How commands are executed: the same options in `measure` and in `compare`. */
export const executionOptions = {
  '--warmup <n>': lettered(
    'w',
    number('runs that are thrown away first', { least: 0, most: 1000, whole: true, otherwise: 1 }),
  ),
  '--shell [shell]': lettered('S', shell('always sh -c, or this shell, or none (-N)')),
  ...under('hidden', { '--no-shell': lettered('N', flag('the same as --shell none')) }),
  '--input <file>': text('on stdin of every run'),
  '--ignore-failure': lettered('i', flag('other exit codes than 0 are no failure')),
  '--timeout <seconds>': number('when a run counts as failed', { least: 0.001, most: 86_400, otherwise: 300 }),
};

export function executionOf(given: Values<typeof executionOptions>): Execution {
  const { warmup, timeout, input, ignoreFailure } = given;
  const named = given.noShell ? 'none' : (given.shell ?? 'auto');
  return {
    shell: shells[named] ?? named,
    warmup,
    timeout_s: timeout,
    // hyperfine's word for no input.
    ...(input === undefined || input === 'null' ? {} : { input }),
    ignoreFailure,
  };
}

/** The words that name no program. */
const shells: Partial<Record<string, Execution['shell']>> = { default: true, none: false };

/** Reads `cpu`, `p95=json:latency.p95`, `rss=max_rss`, `n=regex:n=(\d+)`, `js=size:dist/*.js`. @throws usage */
export function metricsOf(texts: readonly string[]): Metric[] {
  return texts.map((text) => {
    const [, named, word = '', rest = ''] = /^(?:(\w+)=)?(\w+)(?::(.+))?$/s.exec(text) ?? [];
    const source = sourceSpelled(word, rest);
    const name = named ?? (typeof source === 'string' ? source : undefined);
    if (source && name && fieldsThatHold('pattern', source).every(([, value]) => isPattern(value)))
      return { name, unit: unitOf(source), source };
    throw failure('usage', {
      problem: `The metric “${text}” cannot be read.`,
      hint: `Give a source, or name=source, the source one of ${spellings().join(', ')}: --metric cpu, --metric p95=json:latency.p95`,
    });
  });
}

function isPattern(value: string): boolean {
  try {
    return new RegExp(value).source !== '';
  } catch {
    return false;
  }
}
