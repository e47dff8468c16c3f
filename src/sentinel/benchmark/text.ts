import { count } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { gradeOf } from '../audit/score.ts';
import { bytes, cageWords, milliseconds as ms, notRunWords, toneOf } from '../words.ts';
import type { Benchmark, HookBenchmark } from './benchmark.ts';
import { loadWords, spreadWords, targetWords } from './words.ts';

/** Benchmarks for a person, a block for each hook. */
export function benchmarkText({ hooks, cage }: Benchmark, look: Look): string {
  return [wrap(shown(cageWords(cage), look), look.width), ...hooks.map((hook) => linesOf(hook, look))]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function linesOf(hook: HookBenchmark, look: Look): string[] {
  const head = paint([toned(shown(hook.id, look), 'strong')], look);
  if (hook.state === 'not_run')
    return [head, ...wrap(shown(notRunWords(hook.why), look), look.width - 2).map((line) => `  ${line}`)];
  const { load, score, grade } = hook;
  const rows: [string, string][] = [
    ['time', spreadWords(hook.wall)],
    ...(hook.cold_ms === null ? [] : [['first time', ms(hook.cold_ms)] as [string, string]]),
    [
      'CPU, memory',
      `${ms(hook.cpu_ms)}, ${hook.max_rss_kb === null ? 'unknown' : quantity(hook.max_rss_kb / 1024, 'MB')}`,
    ],
    ['prints', `${bytes(hook.stdout_bytes)}, and ${bytes(hook.stderr_bytes)} of errors`],
    ['targets', targetWords(hook)],
    ...(load ? [[`${count(load.users, 'user')} × ${load.requests}`, loadWords(load)] as [string, string]] : []),
  ];
  return [
    head,
    ...rows.map(([label, words]) => `  ${label.padEnd(12)} ${shown(words, look)}`),
    paint(
      [
        '  ',
        toned(`${grade}, ${score}/100 (${gradeOf(score).words})`, toneOf(score)),
        `, from ${count(hook.runs, 'run')}`,
      ],
      look,
    ),
  ];
}
