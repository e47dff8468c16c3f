import { isOneSample, type Hotspot as Ranked } from '../profile/rank/hotspots.ts';
import type { Hotspot } from './data.ts';

/**
 * Finds a hotspot in another list: by its id, else by its function and file, because lines move when code changes. If several match,
 * returns undefined: ambiguous.
 */
export function findHotspot(list: readonly Hotspot[], { id, function: name, file }: Hotspot): Hotspot | undefined {
  const moved = (h: Hotspot) => name !== undefined && h.function === name && h.file === file;
  const [namesake, another] = list.filter(moved);
  return list.find((h) => h.id === id) ?? (another ? undefined : namesake);
}

/** Whether a trial of `other` concerns `place`; `among` is the list that `place` comes from. */
export const isAbout = (place: Hotspot, other: Hotspot, among: readonly Hotspot[]): boolean =>
  (findHotspot(among, other) ?? other).id === place.id;

/** Lines that cost less than this fraction of their function's ceiling are not recorded. */
const MIN_PART = 0.1;

/**
 * A ranked hotspot as it is recorded: with its most expensive lines, and without the fields that the artifact's text shows. A single sample
 * gives no ceiling.
 */
export function asRecorded({ rank: _, outside: __, callers: ___, lines, ...hotspot }: Ranked): Hotspot {
  const hot = lines.filter(({ pct }) => pct >= hotspot.ceiling_pct * MIN_PART).map(({ line }) => line);
  const { ceiling_pct: ____, ceiling_ci95_pct: _____, ...rest } = hotspot;
  return { ...(isOneSample(hotspot) ? rest : hotspot), ...(hot.length > 0 ? { hot_lines: hot } : {}) };
}
