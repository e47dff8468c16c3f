import type { Profile } from '../model.ts';
import { fieldsOf, linesOf, unreadable } from '../parsing/input.ts';
import { profileOfSpans, spanSums } from '../parsing/span-sums.ts';

/**
 * Reads the spans that a program wrote to the file in `PERF_GATE_SPANS`: one JSON object per line, `{"span": "db", "ms": 12.3, "parent":
 * "request"}`. `parent` is the name of the span around this span. For a span at the top, `parent` is empty, null or absent.
 * @throws profile_unreadable with the number of the line
 */
export function readSpans(bytes: Uint8Array, file: string): Profile {
  const sums = spanSums();
  let number = 0;
  for (const text of linesOf(bytes)) {
    number++;
    if (text.trim() === '') continue;
    const { span, ms, parent } = parse(text, file, number);
    sums.add(span, parent, ms);
  }
  return profileOfSpans('spans', sums.all(), file);
}

type Line = { span: string; ms: number; parent: string | null };

function parse(text: string, file: string, number: number): Line {
  const { span, ms, parent } = fieldsOf(json(text));
  const isNamed = typeof span === 'string' && span !== '' && (parent == null || typeof parent === 'string');
  if (isNamed && typeof ms === 'number' && ms >= 0 && ms < Infinity) return { span, ms, parent: parent || null };
  const expected = 'lines such as {"span": "db", "ms": 12.3, "parent": "request"}, ms at least 0';
  throw unreadable(file, expected, `line ${number}: ${text.slice(0, 80)}`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the first line of a text is a span. */
export const looksLikeSpans = (start: string) => /^\s*\{[^\n]*"span"\s*:/.test(start);
