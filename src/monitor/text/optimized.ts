import { percent } from '../../core/figures.ts';
import { type Look, shown, wrap } from '../../report/terminal/look.ts';
import { planText } from '../../sentinel/optimize/text.ts';
import type { Optimized } from '../analytics/optimized.ts';
import { aligned, cacheText } from './times.ts';

export function optimizedText(found: Optimized | null, look: Look): string {
  if (!found)
    return shown('The configuration disables suggestions (`analytics.optimization_suggestions: false`).', look);
  const { plan, beside, cache } = found;
  const rows = beside.map(({ kind, name, plugin, share_pct, ceiling_pct }) => [
    `${kind} ${plugin ? `${plugin}/` : ''}${name}`,
    percent(share_pct),
    percent(ceiling_pct),
  ]);
  const about =
    'Turns also waited for other activities. “share” is an activity’s share of the time of all turns. “at most” is the largest share of the time of all turns that can be saved.';
  return [
    planText(plan, look),
    ...(rows.length > 0
      ? [wrap(shown(about, look), look.width).join('\n'), aligned([['', 'share', 'at most'], ...rows], look).join('\n')]
      : []),
    cacheText(cache, look),
  ].join('\n\n');
}
