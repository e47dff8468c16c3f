import { percent, percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { duration } from '../../core/units.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import type { Bottlenecks } from '../analytics/bottlenecks.ts';
import type { Case } from '../analytics/cases.ts';
import type { SeriesTrend } from '../analytics/trends.ts';
import { changedWords, proofWords, shiftWords, subjectWords } from '../report/case-words.ts';
import { aligned } from './times.ts';

/** Cases as text, open ones first. */
export function casesText(cases: readonly Case[], series: number, look: Look): string {
  const order: Record<Case['state'], number> = { open: 0, proved: 1, not_proved: 2, gone: 3 };
  const sorted = [...cases].sort((a, b) => order[a.state] - order[b.state]);
  if (series === 0 && sorted.length === 0) return shown('No durations have been recorded yet.', look);
  if (sorted.length === 0) return shown(`No slowdown in ${count(series, 'series', 'series')}.`, look);
  return sorted
    .map((one) =>
      [
        paint([toned(shown(subjectWords(one), look), 'strong'), `  ${one.metric}`], look),
        ...[`${shiftWords(one)}.`, changedWords(one), proofWords(one)].flatMap((line) =>
          wrap(shown(line, look), look.width - 2).map((part) => `  ${part}`),
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

/**
 * Trends as text: first the significant trends, then the others, each group with the steepest trend first. `part`: the text by which the
 * user filtered; `''` without a filter.
 */
export function trendsText(
  trends: readonly SeriesTrend[],
  { part, limit }: { part: string; limit: number },
  look: Look,
): string {
  if (trends.length === 0) {
    const which = part === '' ? 'No series' : `No series with “${part}” in its name, metric or plugin`;
    return shown(`${which} has values on at least seven days of this time span.`, look);
  }
  const certain = ({ p }: SeriesTrend) => (p <= 0.01 ? 0 : 1);
  const sorted = [...trends].sort(
    (a, b) => certain(a) - certain(b) || Math.abs(b.pct_per_week) - Math.abs(a.pct_per_week),
  );
  const lines = sorted.slice(0, limit).map((trend) => {
    const name = toned(shown(subjectWords(trend), look), certain(trend) === 0 ? 'strong' : 'faint');
    const figures = `${signedPercent(trend.pct_per_week)} a week (${percentInterval(trend.ci_pct)}, ${pValue(trend.p)}), ${count(trend.days, 'day')}`;
    return [paint([name, `  ${trend.metric}`], look), `  ${shown(figures, look)}`].join('\n');
  });
  const left = sorted.length - lines.length;
  return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}

/** Bottlenecks as text, with the largest possible saving first. */
export function bottlenecksText(
  { turns, total_ms, unknown_ms, items }: Bottlenecks,
  limit: number,
  look: Look,
): string {
  if (turns === 0) return shown('No complete turn was recorded.', look);
  const rows = items
    .slice(0, limit)
    .map(({ kind, name, plugin, path_ms, share_pct, ceiling_pct, turns: seen }) => [
      `${kind} ${plugin ? `${plugin}/` : ''}${name}`,
      String(seen),
      duration(path_ms / 1000),
      percent(share_pct),
      percent(ceiling_pct),
    ]);
  const unknown = percent((100 * unknown_ms) / total_ms);
  return [
    ...aligned([['', 'turns', 'on the path', 'share', 'ceiling'], ...rows], look),
    '',
    ...wrap(
      shown(
        `${count(turns, 'turn')}, ${duration(total_ms / 1000)}. The ceiling is the share of the time that would be saved if the activity took no time at all. In ${unknown} of the time, no activity was recorded.`,
        look,
      ),
      look.width,
    ),
  ].join('\n');
}
