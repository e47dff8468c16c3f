import { cut } from '../core/text.ts';

/** One mistake in a contract: its position, and a description in words. */
export type Issue = {
  path: readonly (string | number)[];
  message: string;
  /** Whether the mistake is in the last key of the path or in the value of this key. */
  at: 'key' | 'value';
};

/** `metrics.watchdogs[0].name`; the whole document is `contract`. */
export function pathText(path: Issue['path']): string {
  if (path.length === 0) return 'contract';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** A value in words, short enough for one line: `the number 5`, `a mapping with key, file`. */
export function found(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty mapping' : `a mapping with ${cut(keys.join(', '), 40)}`;
  }
  if (typeof value === 'string') return value === '' ? 'empty text' : `the text ${JSON.stringify(cut(value, 40))}`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** A value as YAML on one line: `{ stdout: json, key: p95 }`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (value && typeof value === 'object') {
    return `{ ${Object.entries(value)
      .map(([k, v]) => `${k}: ${flow(v)}`)
      .join(', ')} }`;
  }
  const plain = typeof value !== 'string' || /^[A-Za-z][\w ./-]*$/.test(value);
  return plain ? String(value) : JSON.stringify(value);
}
