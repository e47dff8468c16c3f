import { failure } from '../../../core/errors.ts';
import { shellWord } from '../../../core/text.ts';
import type { Shell } from '../../../measure/sessions/command.ts';
import type { Metric, Source } from '../../../measure/sources/sources.ts';
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

type Reader = (rest: string) => { source: Source; unit: string };

/** The source in `name=source`: a built-in one, or where the number stands in the output or in a file. */
const readers: Record<string, Reader> = {
  user_cpu: () => ({ source: 'user_cpu', unit: 'ms' }),
  sys_cpu: () => ({ source: 'sys_cpu', unit: 'ms' }),
  cpu: () => ({ source: 'cpu', unit: 'ms' }),
  max_rss: () => ({ source: 'max_rss', unit: 'KB' }),
  json: (key) => ({ source: { stdout: 'json', key }, unit: '' }),
  regex: (pattern) => ({ source: { stdout: 'regex', pattern }, unit: '' }),
  metric: (key) => ({ source: { stdout: 'metric', key }, unit: '' }),
  size: (size) => ({ source: { size, encoding: 'raw' }, unit: 'bytes' }),
};

/** Reads `p95=json:latency.p95`, `rss=max_rss`, `n=regex:n=(\d+)`, `js=size:dist/*.js`. @throws usage */
export function metricsOf(texts: readonly string[]): Metric[] {
  return texts.map((text) => {
    const [, name = '', kind = '', rest = ''] = /^(\w+)=(\w+)(?::(.+))?$/s.exec(text) ?? [];
    const read = Object.hasOwn(readers, kind) ? readers[kind]! : undefined;
    const made = read?.(rest);
    const complete = typeof made?.source === 'string' ? rest === '' : rest !== '';
    if (made && complete && isPattern(made.source)) return { name, ...made };
    throw failure('usage', {
      problem: `The metric “${text}” cannot be read.`,
      hint: `Give name=source, the source one of cpu, user_cpu, sys_cpu, max_rss, json:KEY, regex:PATTERN, metric:NAME, size:GLOB: --metric p95=json:latency.p95`,
    });
  });
}

function isPattern(source: Source): boolean {
  if (typeof source !== 'object' || !('stdout' in source) || source.stdout !== 'regex') return true;
  try {
    return new RegExp(source.pattern).source !== '';
  } catch {
    return false;
  }
}
