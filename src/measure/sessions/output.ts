import { createHash } from 'node:crypto';
import { inTime } from '../../core/in-time.ts';
import { freshText } from '../sources/file.ts';
import { at, excerpt, findJson, firstMatch, TOO_SLOW } from '../sources/numbers.ts';
import { metricLine } from '../sources/printed.ts';
import type { Absence, Traces } from '../sources/source.ts';
import type { Metric } from '../sources/sources.ts';

/** The output that must be the same on both arms: all of stdout, a part of stdout, or a file. */
export type OutputSpec = true | { json: string } | { regex: string } | { file: string };

/**
 * The first difference between an output and the first output of the session. `from`: the digest of that first output. `at`: the offset of
 * the difference, in bytes from 0. `expected` and `found`: excerpts of the first output and of this output, which begin shortly before the
 * difference.
 */
type Difference = { from: string; at: number; expected: string; found: string };

/**
 * The stored facts about a compared text: its SHA-256 in hex, its beginning (for messages), and its first difference from the first output
 * of the session.
 */
export type OutputDigest = { digest: string; preview: string; difference?: Difference };

const previewLength = 200;
/** The number of characters in an excerpt before the first difference (`contextLength`), and from the difference on (`excerptLength`). */
const [contextLength, excerptLength] = [20, 60];

/** Returns a function that computes the digest of each compared text of a session, and compares the text with the session's first text. */
export function comparer(): (text: string) => OutputDigest {
  let first: { text: string; digest: string } | undefined;
  return (text) => {
    const preview = text.length > previewLength ? `${text.slice(0, previewLength)}…` : text;
    const digest = createHash('sha256').update(text).digest('hex');
    first ??= { text, digest };
    if (first.digest === digest) return { digest, preview };
    return { digest, preview, difference: { from: first.digest, ...differenceOf(first.text, text) } };
  };
}

function differenceOf(expected: string, found: string): Omit<Difference, 'from'> {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at++;
  const from = Math.max(0, at - contextLength);
  const excerptOf = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, at + excerptLength)}${text.length > at + excerptLength ? '…' : ''}`;
  return { at: Buffer.byteLength(found.slice(0, at)), expected: excerptOf(expected), found: excerptOf(found) };
}

/**
 * The part of an execution's output that is compared. If `spec` is `true`, this is stdout without the measured numbers, which differ in
 * every execution: METRIC lines and the keys of JSON metrics are removed. If a metric has a pattern, the text of the first group is
 * replaced by `#` in each match of the pattern.
 */
export function comparedText(spec: OutputSpec, metrics: readonly Metric[], traces: Traces): string | Absence {
  if (spec === true) return masked(traces.stdout, metrics);
  if ('file' in spec) return freshText(spec.file, traces);
  if ('json' in spec) {
    const value = at(findJson(traces.stdout)?.value, spec.json);
    const expected = `the key “${spec.json}” in JSON on stdout`;
    return value === undefined ? { expected, found: excerpt(traces.stdout) } : JSON.stringify(value);
  }
  const match = firstMatch(traces.stdout, spec.regex, 'stdout');
  return 'expected' in match ? match : (match[1] ?? match[0]);
}

/**
 * Matches a METRIC line with its line feed. If the line feeds stayed, outputs with different numbers of METRIC lines would differ after
 * these lines are removed.
 */
const wholeMetricLine = new RegExp(`${metricLine.source}\\r?\\n?`, 'gm');

function masked(stdout: string, metrics: readonly Metric[]): string | Absence {
  let text = stdout.replace(wholeMetricLine, '');
  const keys: string[] = [];
  for (const { source } of metrics) {
    if (typeof source !== 'object' || !('stdout' in source)) continue;
    if (source.stdout === 'regex') {
      const before = text;
      const blanked = inTime(() => blank(before, source.pattern));
      if (blanked === undefined) return { expected: `the matches of /${source.pattern}/ on stdout`, found: TOO_SLOW };
      text = blanked;
    }
    if (source.stdout === 'json') keys.push(source.key);
  }
  const document = keys.length > 0 ? findJson(text) : undefined;
  if (!document) return text;
  for (const key of keys) drop(document.value, key);
  return text.slice(0, document.start) + JSON.stringify(document.value) + text.slice(document.end);
}

/**
 * Replaces the first group by `#` in every match of the pattern, not only in the first match, because a program can print the measured
 * number several times.
 */
function blank(text: string, pattern: string): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(new RegExp(pattern, 'dgm'))) {
    const group = match.indices?.[1];
    if (!group || group[0] < from) continue;
    result += `${text.slice(from, group[0])}#`;
    from = group[1];
  }
  return result + text.slice(from);
}

/**
 * Removes the value at a key such as `latency.p95`, if the value exists. A name in the key can itself contain dots.
 */
function drop(value: unknown, key: string): void {
  if (typeof value !== 'object' || value === null) return;
  const entries = value as Record<string, unknown>;
  if (Object.hasOwn(entries, key)) {
    delete entries[key];
    return;
  }
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1))
    drop(entries[key.slice(0, dot)], key.slice(dot + 1));
}
