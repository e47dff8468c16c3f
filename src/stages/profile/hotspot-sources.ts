import { percent } from '../../core/figures.ts';
import { excerptOf } from '../../profile/rank/excerpt.ts';
import type { Hotspot } from '../../profile/rank/hotspots.ts';
import { block, code, paragraphs } from '../../report/markdown/syntax.ts';

/** The maximum number of hotspots whose source is shown. A larger number would list the whole program. */
const MAX_SHOWN = 5;

/**
 * The source of the hotspots that can reach the threshold, as Markdown. Each hotspot has its expensive lines, its callers, and its calls
 * outside of the project. `root`: the folder of the sources.
 */
export function hotspotSources(hotspots: readonly Hotspot[], root: string): string {
  const shown = hotspots.filter((h) => h.reaches_threshold !== false).slice(0, MAX_SHOWN);
  return paragraphs(
    shown.map((hotspot) => {
      const lines = excerptOf(root, hotspot);
      const facts = [listOf('reached from', hotspot.callers), listOf('calls outside of the project', hotspot.outside)];
      const about = [`${hotspot.rank}. ${code(hotspot.id)}`, ...facts.filter(Boolean)].join('; ');
      return lines.length > 0 ? `${about}\n\n${block(lines.join('\n'), 'text')}` : facts.some(Boolean) && about;
    }),
  );
}

function listOf(what: string, all: readonly { function: string | null; pct: number }[]): string {
  const notable = all.filter(({ pct }) => pct >= 1);
  const list = notable.map(
    ({ function: id, pct }) => `${id === null ? 'outside of the project' : code(id)} (${percent(pct)})`,
  );
  return list.length > 0 ? `${what} ${list.join(', ')}` : '';
}
