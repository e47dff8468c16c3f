import type { Content } from './row.ts';

/**
 * The text of a result file without a byte order mark, and the parsed JSON. Lines before the JSON, such as warnings of the benchmark tool,
 * are ignored.
 */
export function contentOf(raw: string): Content {
  const text = raw.replace(/^\ufeff/, '');
  const start = text.search(/^[ \t]*[[{]/m);
  return { text, json: start < 0 ? undefined : parsed(text.slice(start)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
