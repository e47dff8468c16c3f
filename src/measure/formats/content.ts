import type { Content } from './row.ts';

/** The text without a byte order mark, and what it is as JSON. */
export function contentOf(raw: string): Content {
  const text = raw.replace(/^\ufeff/, '');
  return { text, json: /^\s*[[{]/.test(text) ? parsed(text) : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
