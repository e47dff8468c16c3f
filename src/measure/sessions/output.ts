import { createHash } from 'node:crypto';
import { freshText } from '../sources/file.ts';
import { at, excerpt, findJson, firstMatch } from '../sources/numbers.ts';
import { metricLine } from '../sources/printed.ts';
import type { Absence, Traces } from '../sources/source.ts';
import type { Metric } from '../sources/sources.ts';

/** What must be the same on both arms: the whole of stdout, a part of it, or a file. */
export type OutputSpec = true | { json: string } | { regex: string } | { file: string };

/** SHA-256 (hex) of the compared text, and the beginning of that text for messages. */
export type OutputDigest = { digest: string; preview: string };

const previewLength = 200;

/**
 * The digest of the compared output of an execution. With `true`, measured numbers are masked first, because they always differ: METRIC
 * lines and the keys of JSON metrics are removed, and the first group of each pattern is replaced by `#`.
 */
export function digestOutput(spec: OutputSpec, metrics: readonly Metric[], traces: Traces): OutputDigest | Absence {
  const text = part(spec, metrics, traces);
  if (typeof text !== 'string') return text;
  const preview = text.length > previewLength ? `${text.slice(0, previewLength)}…` : text;
  return { digest: createHash('sha256').update(text).digest('hex'), preview };
}

function part(spec: OutputSpec, metrics: readonly Metric[], traces: Traces): string | Absence {
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

function masked(stdout: string, metrics: readonly Metric[]): string {
  let text = stdout.replace(metricLine, '');
  const keys: string[] = [];
  for (const { source } of metrics) {
    if (typeof source !== 'object' || !('stdout' in source)) continue;
    if (source.stdout === 'regex') text = blank(text, source.pattern);
    if (source.stdout === 'json') keys.push(source.key);
  }
  const document = keys.length > 0 ? findJson(text) : undefined;
  if (!document) return text;
  for (const key of keys) drop(document.value, key);
  return text.slice(0, document.start) + JSON.stringify(document.value) + text.slice(document.end);
}

/** Replaces the first group of every match, not only of the one that is read: a progress line may repeat the number. */
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

/** Removes the value at a key with dots, if it exists. Reads the key as `at` does. */
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
