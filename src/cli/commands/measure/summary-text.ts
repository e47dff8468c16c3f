import type { Figures, Summary } from '../../../bench/measure/summary.ts';
import { quantity } from '../../../core/units.ts';
import { textHistogram } from '../../../report/terminal/figures.ts';
import { type Look, paint, shown, toned } from '../../../report/terminal/look.ts';
import { methodText } from '../../../report/words.ts';

/** A measured command for a terminal: figures, a histogram, what to mistrust. */
export function summaryText(summary: Summary, look: Look): string {
  const { command, wall, undelayed_wall, user_ms, sys_ms, max_rss_kb, metrics, warmup_runs, warnings } = summary;
  const ms = (value: number) => quantity(value, 'ms');
  const runs = `${wall.values.length} runs, ${warmup_runs} warm-up, measured by ${methodText(summary)}`;
  const cpu = user_ms === null || sys_ms === null ? [] : [['user + sys', `${ms(user_ms)} + ${ms(sys_ms)}`] as const];
  const memory = max_rss_kb ? [['peak memory', quantity(Math.max(...max_rss_kb), 'KB')] as const] : [];
  const rows: (readonly [string, string])[] = [
    ['median', middle(wall)],
    ['mean ± σ', wall.sd === null ? ms(wall.mean) : `${ms(wall.mean)} ± ${ms(wall.sd)}`],
    ['range', `${ms(wall.min)} … ${ms(wall.max)}`],
    ...(undelayed_wall ? [['undelayed', ranged(undelayed_wall)] as const] : []),
    ...cpu,
    ...memory,
    ...metrics.map((m) => [m.name, ranged(m)] as const),
  ];
  const gutter = Math.max(...rows.map(([label]) => label.length)) + 2;
  const histogram = wall.values.length < fewForHistogram ? '' : textHistogram(wall.values, wall.unit, look);
  return [
    paint([toned(shown(command, look), 'strong')], look),
    paint([toned(`  ${shown(runs, look)}`, 'faint')], look),
    ...rows.map(([label, text]) => `  ${shown(label, look).padEnd(gutter)}${shown(text, look)}`),
    ...(histogram ? ['', ...histogram.split('\n').map((line) => `  ${line}`)] : []),
    ...(warnings.length > 0 ? [''] : []),
    ...warnings.map((w) => paint([toned(`  ! ${shown(w.text, look)}`, 'open')], look)),
  ].join('\n');
}

const fewForHistogram = 8;

const ranged = (m: Figures) => `${middle(m)}, range ${quantity(m.min, m.unit)} … ${quantity(m.max, m.unit)}`;

/** The median, its interval in brackets. */
function middle({ median, ci95, unit }: Figures): string {
  const ends = ci95?.map((v) => quantity(v, unit)).join(', ');
  return `${quantity(median, unit)}${ends ? ` (95 % interval ${ends})` : ''}`;
}
