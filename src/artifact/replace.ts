import type { Reading } from './spellings.ts';

/** Replaces places in a text. */
export type Replace = (text: string) => string;

/** How much of every part is looked for at once. The rest is looked for only where this much is there. */
const BEGINNING = 24;

/** Whether a text holds one of the parts, with few misses. One pass finds out, however many the parts are. */
function mayHold(parts: readonly string[]): (text: string) => boolean {
  const beginnings = new Set(parts.map((part) => part.slice(0, BEGINNING).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')));
  const any = new RegExp([...beginnings].sort().join('|'));
  return (text) => any.test(text);
}

/** Replaces the parts where they stand as they are; of two at one place, the longer. */
export function replacing(parts: readonly string[], by: string): Replace {
  const holds = mayHold(parts);
  const longestFirst = [...parts].sort((a, b) => b.length - a.length);
  return (text) => (holds(text) ? longestFirst.reduce((left, part) => left.replaceAll(part, by), text) : text);
}

/** Replaces what says one of the parts, of `least` characters or more, in another reading, with the devices that it is said by. */
export function replacingIn(
  { device, form, back, ...reading }: Reading,
  parts: readonly string[],
  { by, least }: { by: string; least: number },
): Replace {
  const known = new Map<string, string>(); // a text has few devices, many times
  const says = (match: string) => known.get(match) ?? known.set(match, reading.says(match)).get(match)!;
  const undone = (text: string) => text.replace(device, says);
  // a part may hold devices itself, and what is left of it be too short to mean anything
  const looked = [...new Set(parts.map(form).flatMap((part) => [part, undone(part)]))].filter(
    ({ length }) => length >= least,
  );
  const holds = mayHold(looked);
  return (text) => {
    if (text.search(device) < 0) return text;
    const source = form(text);
    const read = undone(source);
    if (!holds(read)) return text;
    const places = apart(looked.flatMap((part) => placesOf(part, read)));
    if (places.length === 0) return text;
    return back(replaced(source, places, { stretches: stretchesOf(source, device, says), by }));
  };
}

type Place = { from: number; to: number };

/** A stretch of the source: a device, or what is between two. `start`: where it begins in the reading. */
type Stretch = Place & { start: number; isDevice: boolean };

function replaced(source: string, places: Place[], { stretches, by }: { stretches: Stretch[]; by: string }): string {
  let [text, end] = ['', 0];
  for (const { from, to } of places) {
    text += source.slice(end, sourceOf(from, stretches).from) + by;
    end = sourceOf(to - 1, stretches).to;
  }
  return text + source.slice(end);
}

function stretchesOf(source: string, device: RegExp, says: Reading['says']): Stretch[] {
  const stretches: Stretch[] = [];
  let [start, last] = [0, 0];
  const add = (length: number, to: number, isDevice: boolean) => {
    stretches.push({ start, from: last, to, isDevice });
    start += length;
    last = to;
  };
  for (const match of source.matchAll(device)) {
    add(match.index - last, match.index, false);
    add(says(match[0]).length, match.index + match[0].length, true);
  }
  add(source.length - last, source.length, false);
  return stretches;
}

/** What a character of the reading comes from. */
function sourceOf(position: number, stretches: readonly Stretch[]): Place {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (stretches[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low]!;
  const from = stretch.from + position - stretch.start;
  return stretch.isDevice ? stretch : { from, to: from + 1 };
}

function placesOf(part: string, text: string): Place[] {
  const places = [];
  for (let from = text.indexOf(part); from >= 0; from = text.indexOf(part, from + part.length))
    places.push({ from, to: from + part.length });
  return places;
}

/** The places in order, those that overlap as one. */
function apart(places: Place[]): Place[] {
  const merged: Place[] = [];
  for (const place of places.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && place.from < last.to) last.to = Math.max(last.to, place.to);
    else merged.push({ ...place });
  }
  return merged;
}
