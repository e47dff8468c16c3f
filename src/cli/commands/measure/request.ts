import { failure } from '../../../core/errors.ts';
import type { Execution } from '../../../experiment/lineup.ts';
import type { Exits } from '../../../measure/sessions/fault.ts';
import { fieldsThatHold, type Metric, unitOf } from '../../../measure/sources/sources.ts';
import { sourceSpelled, spellings } from '../../../measure/sources/spelling.ts';
import type { Values } from '../../command.ts';
import { flag, lettered, number, type Option, text, under } from '../../options.ts';

/** An option for a shell, given by its name or its command line. Without a value, the option means the default shell. */
const shell = (description: string): Option<string | undefined> => ({
  description,
  read: (raw) => (raw === true ? 'default' : typeof raw === 'string' ? raw : undefined),
});

/**
 * An option whose value is a list of exit codes, such as `--ignore-failure=1,2`. Without a value, or with `all-non-zero`, the option means
 * all codes.
 * @throws usage
 */
const exits = (description: string): Option<Exits> => ({
  description,
  attached: true,
  read(raw, name) {
    if (typeof raw !== 'string') return raw === true ? 'any' : [];
    const codes = raw.replace(/^=/, '').split(',');
    if (codes.length === 1 && /^(all-non-zero)?$/.test(codes[0]!)) return 'any';
    if (codes.every((code) => /^\d{1,3}$/.test(code) && Number(code) < 256)) return codes.map(Number);
    throw failure('usage', {
      problem: `${name} is “${raw}”.`,
      hint: `Give exit codes, such as ${name}=1,2, or give ${name} without codes to allow all.`,
    });
  },
});

/** The options of `measure` and `compare` that say how to execute a command. */
export const executionOptions = {
  '--warmup <n>': lettered('w', number('first runs to discard', { least: 0, most: 1000, whole: true, otherwise: 1 })),
  '--shell [shell]': lettered('S', shell('always use a shell: sh, or this one (-N: no shell)')),
  ...under('hidden', { '--no-shell': lettered('N', flag('the same as --shell none')) }),
  '--input <file>': text('every run reads this file on stdin'),
  '--ignore-failure [codes]': lettered('i', exits('allow failed runs (-i=1,2: only exit codes 1, 2)')),
  '--timeout <seconds>': number('a longer run counts as failed', { least: 0.001, most: 86_400, otherwise: 300 }),
};

export function executionOf(given: Values<typeof executionOptions>): Execution {
  const { warmup, timeout, input, ignoreFailure } = given;
  const named = given.noShell ? 'none' : (given.shell ?? 'auto');
  return {
    shell: shells[named] ?? named,
    warmup,
    timeout_s: timeout,
    // hyperfine uses the word `null` for no input
    ...(input === undefined || input === 'null' ? {} : { input }),
    exits: ignoreFailure,
  };
}

/** The words after --shell that do not name a program: `default` and `none`. */
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
      hint: `Give a source or name=source, where the source is one of ${spellings().join(', ')}: --metric cpu, --metric p95=json:latency.p95`,
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
