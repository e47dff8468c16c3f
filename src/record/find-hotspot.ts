import { isOneSample, type Hotspot as Ranked } from '../profile/rank/hotspots.ts';
import type { Hotspot } from './data.ts';

/**
 * Finds the same hotspot in another list, by its id or else by its function and file. Line numbers are not compared, because line numbers
 * move when code changes. Returns undefined if several hotspots match, because the match is ambiguous.
 */
export function findHotspot(list: readonly Hotspot[], { id, function: name, file }: Hotspot): Hotspot | undefined {
  const moved = (h: Hotspot) => name !== undefined && h.function === name && h.file === file;
  const [namesake, another] = list.filter(moved);
  return list.find((h) => h.id === id) ?? (another ? undefined : namesake);
}

/** Whether a trial of the hotspot `other` concerns the hotspot `place`. `among`: the list that contains `place`. */
export const isAbout = (place: Hotspot, other: Hotspot, among: readonly Hotspot[]): boolean =>
  (findHotspot(among, other) ?? other).id === place.id;

/** A line's cost is not recorded if it is below this fraction of the function's ceiling. */
const MIN_PART = 0.1;

/**
 * Converts a ranked hotspot to its recorded form: with its most expensive lines, and without the fields that only the artifact's text
 * needs. A hotspot with a single sample has no ceiling.
 */
export function asRecorded({ rank: _, outside: __, callers: ___, lines, ...hotspot }: Ranked): Hotspot {
  const hot = lines.filter(({ pct }) => pct >= hotspot.ceiling_pct * MIN_PART).map(({ line }) => line);
  const { ceiling_pct: ____, ceiling_ci95_pct: _____, ...rest } = hotspot;
  return { ...(isOneSample(hotspot) ? rest : hotspot), ...(hot.length > 0 ? { hot_lines: hot } : {}) };
}
