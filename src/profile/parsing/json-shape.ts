/** The shape of a JSON text: the keys of its object, or of the first object in its list. Keys after a cut in the text are missing. */
export type JsonShape = { isList: boolean; keys: string[] };

/** The maximum number of keys that are collected. */
const mostKeys = 40;

/**
 * The shape of a JSON text, which may be cut off. Null for a text that is no JSON. Values are skipped with everything nested in them, so
 * the order of keys and the space between them do not matter.
 */
export function jsonShape(text: string): JsonShape | null {
  const begins = /^\ufeff?\s*(\[?)\s*(\{?)\s*/.exec(text)!;
  const [opening, list, object] = begins as unknown as [string, string, string];
  const isList = list !== '';
  if (object === '')
    return isList && /^(?:["\d\]-]|\[|true|false|null|$)/.test(text.slice(opening.length))
      ? { isList, keys: [] }
      : null;
  const keys: string[] = [];
  let at = opening.length;
  while (keys.length < mostKeys) {
    const [whole, key] = /^\s*"((?:[^"\\]|\\.)*)"\s*:/.exec(text.slice(at, at + 1000)) ?? [];
    if (whole === undefined || key === undefined) break;
    keys.push(key);
    at = valueEnd(text, at + whole.length);
    if (text[at] !== ',') break;
    at++;
  }
  return keys.length > 0 || /^\s*(?:\}|$)/.test(text.slice(opening.length)) ? { isList, keys } : null;
}

/** The keys of a JSON object. If the text is cut off, the keys before the cut. Empty for a list and for other texts. */
export function jsonKeys(text: string): string[] {
  const shape = jsonShape(text);
  return shape && !shape.isList ? shape.keys : [];
}

/** The end of the value that begins at `from`: the next comma or closing bracket outside the value, or the end of the text. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth--;
    } else if (character === ',' && depth === 0) return at;
  }
  return text.length;
}
