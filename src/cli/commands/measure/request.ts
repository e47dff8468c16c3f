import { failure } from '../../../core/errors.ts';
import { shellWord } from '../../../core/text.ts';
import type { Shell } from '../../../measure/sessions/command.ts';
import type { Metric, Source } from '../../../measure/sources/sources.ts';
import type { Options } from '../../command.ts';
import { numberOf, textOf } from '../../options.ts';

/** The command line of the user's command: one word is a script by itself, several are taken as they are. Throws `usage`. */
export function scriptOf(words: readonly string[], example: string): string {
  const script = (words.length === 1 ? words[0]! : words.map(shellWord).join(' ')).trim();
  if (script !== '') return script;
  throw failure('usage', { problem: 'There is no command to measure.', hint: `Put it after --: ${example}` });
}

/** How commands are executed: the same in `measure` and in `compare`. */
export function executionOf(options: Options) {
  const prepare = textOf(options, 'prepare');
  const shell: Shell = options.shell === true ? true : 'auto';
  return {
    shell,
    warmup: numberOf(options, 'warmup', { least: 0, most: 1000, whole: true, otherwise: 1 }),
    timeout_s: numberOf(options, 'timeout', { least: 0.001, most: 86_400, otherwise: 300 }),
    ...(prepare ? { prepare } : {}),
  };
}

type Reader = (rest: string) => { source: Source; unit: string };

/** `name=source`: a built-in source, or where in the output or in a file the number stands. */
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

/** Reads `p95=json:latency.p95`, `rss=max_rss`, `n=regex:n=(\d+)`, `js=size:dist/*.js`. Throws `usage`. */
export function metricsOf(given: Options[string]): Metric[] {
  const texts = Array.isArray(given) ? given : typeof given === 'string' ? [given] : [];
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
