import * as z from 'zod';
import { failure } from '../core/errors.ts';
import type { Profile } from './model.ts';
import { profileOfSpans, type Span } from './span-tree.ts';

const line = z.object({
  span: z.string().min(1),
  ms: z.number().nonnegative(),
  parent: z.string().nullish(),
});

/**
 * Reads what a program wrote to the file named in `PERF_GATE_SPANS`: one JSON object a line, `{"span": "db", "ms": 12.3,
 * "parent": "request"}`. `parent` is the name of another span, or left out. Lines of the same span and parent add up.
 * @throws profile_unreadable with the number of the line
 */
export function readSpans(bytes: Uint8Array, file: string): Profile {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const sums = new Map<string, Span>();
  lines.forEach((text, i) => {
    if (text.trim() === '') return;
    const { span: name, ms, parent = null } = parse(text, file, i + 1);
    const key = JSON.stringify([name, parent]);
    const sum = sums.get(key);
    if (sum) sum.ms += ms;
    else sums.set(key, { id: name, parent, name, ms });
  });
  return profileOfSpans('spans', named([...sums.values()]), file);
}

/** A name below two parents is two places; whoever names it as a parent means the first. */
function named(spans: Span[]): Span[] {
  const seen = new Set<string>();
  return spans.map((span) => {
    const id = seen.has(span.id) ? JSON.stringify([span.id, span.parent]) : span.id;
    seen.add(span.id);
    return { ...span, id };
  });
}

function parse(text: string, file: string, number: number): z.infer<typeof line> {
  const expected = 'lines such as {"span": "db", "ms": 12.3, "parent": "request"}';
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw failure('profile_unreadable', { file, expected, found: `line ${number}: ${text.slice(0, 80)}` });
  }
}

/** One span a line, from the first line on. */
export const looksLikeSpans = (start: string) => /^\s*\{[^\n]*"span"\s*:/.test(start);
