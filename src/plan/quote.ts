import { statSync } from 'node:fs';
import { realInside } from '../core/locate.ts';
import { sourceLines } from '../profile/rank/excerpt.ts';
import type { Hotspot } from '../record/data.ts';
import type { PlanQuote } from '../report/plan.ts';

/** The source lines that the plan shows for each hotspot. The keys are the hotspots' ids. `at`: the time of the profile, ISO 8601. */
export function quotesOf(project: string, hotspots: readonly Hotspot[], at: string): ReadonlyMap<string, PlanQuote> {
  return new Map(
    hotspots.flatMap((place) => {
      const quote = quoteOf(project, place, at);
      return quote ? [[place.id, quote] as const] : [];
    }),
  );
}

/** If the costs of a hotspot's lines are unknown, this many lines from the start of the hotspot are shown. */
const FIRST = 3;

/** The most expensive line of a hotspot, or the hotspot's first lines if the costs of its lines are unknown. */
function quoteOf(project: string, { file, line: first, hot_lines, signs }: Hotspot, at: string): PlanQuote | null {
  const line = hot_lines?.[0] ?? first;
  const path = file == null ? undefined : realInside(project, file);
  if (file == null || line == null || path === undefined) return null;
  const pct = signs?.line_pct ?? null;
  const text = sourceLines(project, file, line, pct === null ? FIRST : 1).join('\n');
  return text === '' ? null : { file, line, text, pct, is_newer: statSync(path).mtime.toISOString() > at };
}
