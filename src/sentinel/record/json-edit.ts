import { type Place, placesOf } from './json-places.ts';

/** The path of a part of a value: keys of objects and indexes of arrays, the outermost first. */
export type Path = readonly (string | number)[];

/**
 * The JSON text with a value added to the list at the path `keys`. Missing objects and a missing list are created. All other text stays
 * unchanged, byte for byte. The text must be valid JSON. Existing values on the path must be objects, and an existing value at the end of
 * the path must be a list.
 */
export function withItem(text: string, keys: readonly string[], value: unknown): string {
  let place = placesOf(text);
  for (const [i, key] of keys.entries()) {
    const next = childOf(place, key);
    if (!next) return withPiece(text, place, entryPiece(key, within(keys.slice(i + 1), [value])));
    place = next;
  }
  return withPiece(text, place, (style) => render(value, style));
}

/**
 * The JSON text with this value at the path `keys`. An existing value is replaced. A missing value and missing objects on the path are
 * added. The conditions of `withItem` apply here too.
 */
export function withValue(text: string, keys: readonly string[], value: unknown): string {
  let place = placesOf(text);
  for (const [i, key] of keys.entries()) {
    const next = childOf(place, key);
    if (!next) return withPiece(text, place, entryPiece(key, within(keys.slice(i + 1), value)));
    place = next;
  }
  return text.slice(0, place.start) + JSON.stringify(value) + text.slice(place.end);
}

/** The JSON text without the value at `path` and without its comma. */
export function withoutValue(text: string, path: Path): string {
  let place = placesOf(text);
  for (const step of path.slice(0, -1)) place = childOf(place, step)!;
  const parts = partsOf(place);
  const last = path.at(-1)!;
  const i =
    typeof last === 'number' || place.kind !== 'object'
      ? Number(last)
      : place.entries.findLastIndex((e) => e.key === last);
  const cut = (from: number, to: number) => text.slice(0, from) + text.slice(to);
  if (parts.length === 1) return cut(place.start + 1, place.end - 1);
  return i > 0 ? cut(parts[i - 1]!.to, parts[i]!.to) : cut(parts[0]!.from, parts[1]!.from);
}

/** For a duplicate key, the last value counts, as in JSON.parse. */
function childOf(place: Place, step: string | number): Place | undefined {
  if (place.kind === 'object') return place.entries.findLast(({ key }) => key === step)?.value;
  return place.kind === 'array' ? place.items[Number(step)] : undefined;
}

const partsOf = (place: Place): { from: number; to: number }[] => {
  if (place.kind === 'object') return place.entries.map(({ from, value }) => ({ from, to: value.end }));
  return place.kind === 'array' ? place.items.map(({ start, end }) => ({ from: start, to: end })) : [];
};

/** The layout of added text. `at`: the indentation of each added line. If the layout is null, the text is added without a line break. */
type Style = { at: string; unit: string; eol: string } | null;

const within = (keys: readonly string[], value: unknown): unknown =>
  keys.reduceRight((inner, key) => ({ [key]: inner }), value);

const entryPiece = (key: string, value: unknown) => (style: Style) => `${JSON.stringify(key)}: ${render(value, style)}`;

function render(value: unknown, style: Style): string {
  if (style === null) return JSON.stringify(value);
  return JSON.stringify(value, null, style.unit).replaceAll('\n', `${style.eol}${style.at}`);
}

/** Adds a piece at the end of an object or a list, in the layout of its neighbours. */
function withPiece(text: string, place: Place, piece: (style: Style) => string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^[^\S\n]+(?=")/m.exec(text)?.[0] ?? '  ';
  const parts = partsOf(place);
  const last = parts.at(-1);
  if (last) {
    const before = text.slice(place.start + 1, parts[0]!.from);
    const style = before.includes('\n') ? { at: before.slice(before.lastIndexOf('\n') + 1), unit, eol } : null;
    return insert(text, last.to, `,${style ? eol + style.at : ' '}${piece(style)}`);
  }
  const base = /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', place.start) + 1))![0];
  const style = { at: base + unit, unit, eol };
  const filled = `${eol}${style.at}${piece(style)}${eol}${base}`;
  return text.slice(0, place.start + 1) + filled + text.slice(place.end - 1);
}

const insert = (text: string, at: number, piece: string) => text.slice(0, at) + piece + text.slice(at);
