import { inTime } from '../../core/in-time.ts';
import { cut, cutStart, oneLine } from '../../core/text.ts';
import type { Absence } from './source.ts';

/**
 * The JSON document in an output, and the offsets of its start and end. If the whole output is JSON, it is the document. Otherwise the
 * document is the last line that is an object or an array.
 */
export function findJson(text: string): { value: unknown; start: number; end: number } | undefined {
  const whole = { start: 0, end: text.length };
  const parsed = parse(text);
  if (parsed !== undefined) return { value: parsed, ...whole };
  for (let end = text.length; end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const value = parse(text.slice(start, end));
    if (value !== undefined) return { value, start, end };
    end = start - 1;
  }
  return undefined;
}

function parse(text: string): unknown {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return undefined;
  try {
    return JSON.parse(trimmed);
  } catch {
    return undefined;
  }
}

/**
 * The value at a key such as `latency.p95` or `results.0.mean`. A name in the key can itself contain dots, such as `http_req.duration` in
 * `metrics.http_req.duration`. Undefined if the document has no value at the key.
 */
export function at(value: unknown, key: string): unknown {
  if (key === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = value as Record<string, unknown>;
  if (Object.hasOwn(entries, key)) return entries[key];
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot);
    const found = Object.hasOwn(entries, head) ? at(entries[head], key.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The finite number at a key of a JSON text. `where`: the name of the text in messages, such as `stdout`. */
export function numberAt(text: string, key: string, where: string): number | Absence {
  const document = findJson(text);
  if (!document) return { expected: `JSON on ${where}`, found: excerpt(text) };
  const value = at(document.value, key);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const keys = typeof document.value === 'object' && document.value ? Object.keys(document.value).slice(0, 10) : [];
  return {
    expected: `a number at the key “${key}” of the JSON on ${where}`,
    found: value === undefined ? `the keys ${keys.join(', ') || '(none)'}` : cut(JSON.stringify(value), 80),
  };
}

/** The message about a pattern whose matching takes too long. */
export const TOO_SLOW = 'no result in time: the pattern takes too long on this text';

/** The first match of a pattern in a text. In the pattern, `^` and `$` match at the start and end of every line. */
export function firstMatch(text: string, pattern: string, where: string): RegExpExecArray | Absence {
  const expected = `a match of /${pattern}/ on ${where}`;
  try {
    const regex = new RegExp(pattern, 'm');
    const match = inTime(() => regex.exec(text));
    return match === undefined ? { expected, found: TOO_SLOW } : (match ?? { expected, found: excerpt(text) });
  } catch (error) {
    return { expected, found: `an invalid pattern (${(error as Error).message})` };
  }
}

/** The number in the first group of a pattern's first match. */
export function numberByPattern(text: string, pattern: string, where: string): number | Absence {
  const match = firstMatch(text, pattern, where);
  if ('expected' in match) return match;
  const group = match[1] ?? '';
  return toNumber(group) ?? { expected: `a number in the first group of /${pattern}/`, found: `“${group}”` };
}

/** The decimal number in a text, also in the form `1,234.5`. Undefined for empty text, hexadecimals, and numbers that are not finite. */
export function toNumber(text: string): number | undefined {
  const plain = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text.trim()) ? text.replaceAll(',', '') : text;
  const value = /^[-+]?(\d|\.\d)/.test(plain.trim()) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** The last characters of a text, for messages. */
export function excerpt(text: string): string {
  const end = oneLine(text.slice(-1000));
  return end ? `“${cutStart(end, 80)}”` : 'nothing';
}
