import type { Hotspot } from './data.ts';

/**
 * A place in another list of places: the one of its id, else that of the same function and file, because lines move when code changes.
 */
export function placeIn(list: readonly Hotspot[], { id, function: name, file }: Hotspot): Hotspot | undefined {
  const moved = (h: Hotspot) => name !== undefined && h.function === name && h.file === file;
  return list.find((h) => h.id === id) ?? list.find(moved);
}
