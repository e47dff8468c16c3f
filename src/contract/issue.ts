import { cut } from '../core/text.ts';

/** One mistake in a contract: where it stands, and what is wrong in words. */
export type Issue = {
  path: readonly (string | number)[];
  message: string;
  /** Whether the key itself is the mistake, or what stands behind it. */
  at: 'key' | 'value';
};

/** `metrics.watchdogs[0].name`; the whole document is `contract`. */
export function pathText(path: Issue['path']): string {
  if (path.length === 0) return 'contract';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** A value as the person wrote it, short enough for one line. */
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
