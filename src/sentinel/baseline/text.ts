import { count } from '../../core/text.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { milliseconds as ms, noHooks } from '../words.ts';
import type { Baseline } from './schema.ts';
import { type Wait, waits } from './waits.ts';

/** The names of the waits, written as the first words of a line. */
export const waitWords: Readonly<Record<Wait, string>> = {
  session_startup: 'Session startup',
  edit_cycle: 'Edit cycle',
  prompt: 'Prompt',
  turn_end: 'Turn end',
};

/** A new baseline as text: each execution, the statistics, and the file. */
export function baselineText(baseline: Baseline, file: string, look: Look): string {
  const { tag, measurements, metadata, hooks } = baseline;
  if (hooks.length === 0) return wrap(noHooks, look.width).join('\n');
  const measured = waits.flatMap((wait) => (measurements[wait] ? [{ wait, ...measurements[wait] }] : []));
  const cells = (words: readonly string[]) => words.map((word) => word.padStart(9)).join('');
  const rows = measured.map(({ wait, mean, stddev, p50, p95 }) => [
    waitWords[wait],
    cells([mean, stddev, p50, p95].map(ms)),
  ]);
  const parts: string[][] = [
    [paint([toned(shown(`Baseline ${tag}`, look), 'strong')], look)],
    measured.flatMap(({ wait, runs }) => {
      const each = `${waitWords[wait]} (${count(runs.length, 'run')}): ${runs.map(ms).join(', ')}`;
      return wrap(shown(each, look), look.width);
    }),
    [
      paint([toned(`${''.padEnd(18)}${cells(['mean', 'sd', 'p50', 'p95'])}`, 'faint')], look),
      ...rows.map(([name = '', words = '']) => `${name.padEnd(18)}${words}`),
      `${'Hook count'.padEnd(18)}${cells([String(metadata.hook_count)])}`,
      `${'Lines of scripts'.padEnd(18)}${cells([String(metadata.total_hook_lines)])}`,
    ],
    notKept(baseline).flatMap((line) => wrap(shown(line, look), look.width)),
    wrap(shown(`Saved: ${file}`, look), look.width),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The files that were not stored. A later comparison cannot run these files. */
function notKept({ hooks }: Baseline): string[] {
  const files = new Map(hooks.flatMap(({ objects }) => objects.map((one) => [one.at, one] as const)));
  return [...files.values()].flatMap(({ at, refused, left_out }) => [
    ...(refused === null
      ? []
      : [
          `${at} was not saved, because ${refused}. A later comparison cannot run the hooks that need it, and uses their stored times instead.`,
        ]),
    ...left_out
      .filter(({ why }) => why === 'leads_out')
      .map(({ path }) => `${at}: the link ${path} was not saved, because its target is outside of ${at}.`),
  ]);
}
