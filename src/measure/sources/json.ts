import { cut, cutStart, oneLine } from '../../core/text.ts';
import type { Absence } from './source.ts';

/** The JSON document of an output: the whole of it, or else its last line that is an object or an array. */
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

/**
 * What a key with dots leads to: `latency.p95`, `results.0.mean`. A key of the document that has dots itself is found
 * too (`metrics.http_req.duration`). Undefined when it leads nowhere.
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

/** The finite number at a key of a JSON text. */
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

/** The end of a text, for messages. */
export function excerpt(text: string): string {
  const end = oneLine(text.slice(-1000));
  return end ? `“${cutStart(end, 80)}”` : 'nothing';
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
