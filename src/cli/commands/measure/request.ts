import { failure } from '../../../core/errors.ts';
import { shellWord } from '../../../core/text.ts';
import type { Shell } from '../../../measure/sessions/command.ts';
import { fieldsThatHold, type Metric, unitOf } from '../../../measure/sources/sources.ts';
import { sourceSpelled, spellings } from '../../../measure/sources/spelling.ts';
import type { Values } from '../../command.ts';
import { flag, number, text } from '../../options.ts';

/** The user's command as one script: one word is a script already, several are quoted. @throws usage: no command */
export function scriptOf(words: readonly string[], example: string): string {
  const script = (words.length === 1 ? words[0]! : words.map(shellWord).join(' ')).trim();
  if (script !== '') return script;
  throw failure('usage', { problem: 'There is no command to measure.', hint: `Put it after --: ${example}` });
}

/** How commands are executed: the same options in `measure` and in `compare`. */
export const executionOptions = {
  '--warmup <n>': number('executions that are thrown away first; one always is', {
    least: 0,
    most: 1000,
    whole: true,
    otherwise: 1,
  }),
  '--prepare <command>': text('run before every execution, untimed'),
  '--shell': flag('always through sh -c'),
  '--timeout <seconds>': number('when an execution counts as failed', { least: 0.001, most: 86_400, otherwise: 300 }),
};

export function executionOf({ shell, warmup, timeout, prepare }: Values<typeof executionOptions>) {
  const mode: Shell = shell ? true : 'auto';
  return { shell: mode, warmup, timeout_s: timeout, ...(prepare ? { prepare } : {}) };
}

/** Reads `p95=json:latency.p95`, `rss=max_rss`, `n=regex:n=(\d+)`, `js=size:dist/*.js`. @throws usage */
export function metricsOf(texts: readonly string[]): Metric[] {
  return texts.map((text) => {
    const [, name = '', word = '', rest = ''] = /^(\w+)=(\w+)(?::(.+))?$/s.exec(text) ?? [];
    const source = sourceSpelled(word, rest);
    if (source && fieldsThatHold('pattern', source).every(([, value]) => isPattern(value)))
      return { name, unit: unitOf(source), source };
    throw failure('usage', {
      problem: `The metric “${text}” cannot be read.`,
      hint: `Give name=source, the source one of ${spellings().join(', ')}: --metric p95=json:latency.p95`,
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
