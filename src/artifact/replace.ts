import type { Reading } from './spellings.ts';

/** A function that replaces some substrings (the parts) in a text and returns the new text. */
export type Replace = (text: string) => string;

/**
 * A text is first searched for the beginnings of the parts, because this is fast. A beginning has at most this number of characters. Only a
 * text that contains a beginning is searched for whole parts.
 */
const BEGINNING = 24;

/**
 * Returns a function that quickly checks whether a text can contain one of the parts. If the function returns false, the text contains no
 * part. If it returns true, the text almost always contains one. The function reads the text once, regardless of the number of parts.
 */
function mayHold(parts: readonly string[]): (text: string) => boolean {
  const beginnings = new Set(parts.map((part) => part.slice(0, BEGINNING).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')));
  const any = new RegExp([...beginnings].sort().join('|'));
  return (text) => any.test(text);
}

/**
 * Replaces the given parts of a text by the text `by`, if the parts occur literally. If two parts occur at the same position, the longer
 * part is replaced.
 */
export function replacing(parts: readonly string[], by: string): Replace {
  const holds = mayHold(parts);
  const longestFirst = [...parts].sort((a, b) => b.length - a.length);
  return (text) => (holds(text) ? longestFirst.reduce((left, part) => left.replaceAll(part, by), text) : text);
}

/**
 * Replaces the given parts of a text by `by`, if they occur with escape sequences, such as `p%61rt` for `part`. First, the text is decoded.
 * If the decoded text contains a part, `by` replaces the encoded form of this part in the original text. Parts with fewer than `least`
 * characters are not replaced.
 */
export function replacingIn(
  { escaped, toUnits, toText, ...reading }: Reading,
  parts: readonly string[],
  { by, least }: { by: string; least: number },
): Replace {
  const known = new Map<string, string>(); // a cache, because most texts repeat a few different escape sequences
  const decode = (match: string) => known.get(match) ?? known.set(match, reading.decode(match)).get(match)!;
  const decoded = (text: string) => text.replace(escaped, decode);
  // the text is also searched for the decoded form of each part, because a part can itself hold escape sequences
  const looked = [...new Set(parts.map(toUnits).flatMap((part) => [part, decoded(part)]))].filter(
    ({ length }) => length >= least,
  );
  const holds = mayHold(looked);
  return (text) => {
    if (text.search(escaped) < 0) return text;
    const source = toUnits(text);
    const read = decoded(source);
    if (!holds(read)) return text;
    const places = apart(looked.flatMap((part) => placesOf(part, read)));
    if (places.length === 0) return text;
    return toText(replaced(source, places, { stretches: stretchesOf(source, escaped, decode), by }));
  };
}

type Place = { from: number; to: number };

/**
 * A section of the encoded text: an escape sequence, or the text between two escape sequences. `start`: the position of the section in
 * the decoded text.
 */
type Stretch = Place & { start: number; isEscape: boolean };

function replaced(source: string, places: Place[], { stretches, by }: { stretches: Stretch[]; by: string }): string {
  let [text, end] = ['', 0];
  for (const { from, to } of places) {
    text += source.slice(end, sourceOf(from, stretches).from) + by;
    end = sourceOf(to - 1, stretches).to;
  }
  return text + source.slice(end);
}

function stretchesOf(source: string, escaped: RegExp, decode: Reading['decode']): Stretch[] {
  const stretches: Stretch[] = [];
  let [start, last] = [0, 0];
  const add = (length: number, to: number, isEscape: boolean) => {
    stretches.push({ start, from: last, to, isEscape });
    start += length;
    last = to;
  };
  for (const match of source.matchAll(escaped)) {
    add(match.index - last, match.index, false);
    add(decode(match[0]).length, match.index + match[0].length, true);
  }
  add(source.length - last, source.length, false);
  return stretches;
}

/** The section of the encoded text from which the character at `position` of the decoded text comes. */
function sourceOf(position: number, stretches: readonly Stretch[]): Place {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (stretches[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low]!;
  const from = stretch.from + position - stretch.start;
  return stretch.isEscape ? stretch : { from, to: from + 1 };
}

function placesOf(part: string, text: string): Place[] {
  const places = [];
  for (let from = text.indexOf(part); from >= 0; from = text.indexOf(part, from + part.length))
    places.push({ from, to: from + part.length });
  return places;
}

/** Sorts the ranges by their position, and merges overlapping ranges. */
function apart(places: Place[]): Place[] {
  const merged: Place[] = [];
  for (const place of places.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && place.from < last.to) last.to = Math.max(last.to, place.to);
    else merged.push({ ...place });
  }
  return merged;
}
