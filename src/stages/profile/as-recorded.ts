import type { Hotspot as Ranked } from '../../profile/rank/hotspots.ts';
import type { Hotspot } from '../../record/data.ts';

/** Lines of less than this part of their function's ceiling are not worth a mention. */
const leastPart = 0.1;

/** A ranked function as the record keeps it: of its lines those that cost, and not what an artifact's text tells anyway. */
export function asRecorded({ rank: _, outside: __, callers: ___, lines, ...hotspot }: Ranked): Hotspot {
  const hot = lines.filter(({ pct }) => pct >= hotspot.ceiling_pct * leastPart).map(({ line }) => line);
  return hot.length > 0 ? { ...hotspot, hot_lines: hot } : hotspot;
}
