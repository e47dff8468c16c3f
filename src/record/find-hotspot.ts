import type { Hotspot } from './data.ts';

/**
 * A place in another list of places: the one of its id, else that of the same function and file, because lines move when code changes.
 * Of several of that name none is it: which of them it was cannot be told.
 */
export function placeIn(list: readonly Hotspot[], { id, function: name, file }: Hotspot): Hotspot | undefined {
  const moved = (h: Hotspot) => name !== undefined && h.function === name && h.file === file;
  const [namesake, another] = list.filter(moved);
  return list.find((h) => h.id === id) ?? (another ? undefined : namesake);
}

/** Whether what was said of `other` is about `place`, which is one of `among` or was never in it. */
export const isAbout = (place: Hotspot, other: Hotspot, among: readonly Hotspot[]): boolean =>
  (placeIn(among, other) ?? other).id === place.id;
