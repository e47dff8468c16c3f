/**
 * A value of a JSON text and its position: `text.slice(start, end)`. In an object's entry, `from` is the position at which the key begins.
 */
export type Place = { start: number; end: number } & (
  | { kind: 'object'; entries: { key: string; from: number; value: Place }[] }
  | { kind: 'array'; items: Place[] }
  | { kind: 'plain' }
);

const MOST_DEEP = 200;
const blank = /\s*/y;
const plain = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

/** The positions of the values of a valid JSON text. @throws RangeError: the text is nested too deeply */
export function placesOf(text: string): Place {
  return valueAt(text, skip(text, 0), 0);
}

function valueAt(text: string, start: number, depth: number): Place {
  if (depth > MOST_DEEP) throw new RangeError(`it is nested more than ${MOST_DEEP} levels deep`);
  if (text[start] === '{') return objectAt(text, start, depth);
  if (text[start] === '[') return arrayAt(text, start, depth);
  return { kind: 'plain', start, end: match(plain, text, start) };
}

function objectAt(text: string, start: number, depth: number): Place {
  const entries: { key: string; from: number; value: Place }[] = [];
  let at = skip(text, start + 1);
  while (text[at] !== '}') {
    const end = match(plain, text, at);
    const value = valueAt(text, skip(text, skip(text, end) + 1), depth + 1);
    entries.push({ key: JSON.parse(text.slice(at, end)) as string, from: at, value });
    at = afterComma(text, value.end);
  }
  return { kind: 'object', start, end: at + 1, entries };
}

function arrayAt(text: string, start: number, depth: number): Place {
  const items: Place[] = [];
  let at = skip(text, start + 1);
  while (text[at] !== ']') {
    const value = valueAt(text, at, depth + 1);
    items.push(value);
    at = afterComma(text, value.end);
  }
  return { kind: 'array', start, end: at + 1, items };
}

const skip = (text: string, at: number): number => match(blank, text, at);

function afterComma(text: string, end: number): number {
  const at = skip(text, end);
  return text[at] === ',' ? skip(text, at + 1) : at;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.exec(text);
  return Math.max(at, pattern.lastIndex);
}
