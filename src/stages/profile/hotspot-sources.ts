import { percent } from '../../core/figures.ts';
import { excerptOf } from '../../profile/rank/excerpt.ts';
import type { Hotspot } from '../../profile/rank/hotspots.ts';
import { block, code, paragraphs } from '../../report/markdown/syntax.ts';

/** More would be a listing of the program. */
const most = 5;

/**
 * The hotspots that can reach the threshold with their source, as Markdown: which lines cost, from where each is reached, and what it
 * calls outside of the project. `root`: where the sources lie.
 */
export function hotspotSources(hotspots: readonly Hotspot[], root: string): string {
  const shown = hotspots.filter((h) => h.reaches_threshold !== false).slice(0, most);
  return paragraphs(
    shown.map((hotspot) => {
      const lines = excerptOf(root, hotspot);
      const facts = [named('reached from', hotspot.callers), named('calls outside of the project', hotspot.outside)];
      const about = [`${hotspot.rank}. ${code(hotspot.id)}`, ...facts.filter(Boolean)].join('; ');
      return lines.length > 0 ? `${about}\n\n${block(lines.join('\n'), 'text')}` : facts.some(Boolean) && about;
    }),
  );
}

function named(what: string, all: readonly { function: string | null; pct: number }[]): string {
  const told = all.filter(({ pct }) => pct >= 1);
  const list = told.map(
    ({ function: id, pct }) => `${id === null ? 'outside of the project' : code(id)} (${percent(pct)})`,
  );
  return list.length > 0 ? `${what} ${list.join(', ')}` : '';
}
