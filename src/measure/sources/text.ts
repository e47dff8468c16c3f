import { excerpt } from './json.ts';
import type { Absence } from './source.ts';

/** The first match of a pattern (`^` and `$` mean lines). */
export function firstMatch(text: string, pattern: string, where: string): RegExpExecArray | Absence {
  const expected = `a match of /${pattern}/ on ${where}`;
  try {
    return new RegExp(pattern, 'm').exec(text) ?? { expected, found: excerpt(text) };
  } catch (error) {
    return { expected, found: `a pattern that is not one (${(error as Error).message})` };
  }
}

/** The number in the first group of the first match. */
export function numberByPattern(text: string, pattern: string, where: string): number | Absence {
  const match = firstMatch(text, pattern, where);
  if ('expected' in match) return match;
  return (
    toNumber(match[1] ?? '') ?? {
      expected: `a number in the first group of /${pattern}/`,
      found: `“${match[1] ?? ''}”`,
    }
  );
}

/** Lines `METRIC name=12.3`; the name and the value as they stand. */
export const metricLine = /^METRIC[ \t]+([^=\s]+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm;

/** A value that was printed twice, differently: which of them counts nobody can tell. */
export type Twice = { first: string; last: string };

/** The number of a `METRIC` line. The same line twice is the same number; two values are an error. */
export function numberOfMetric(text: string, key: string): number | Absence | Twice {
  const values = [...text.matchAll(metricLine)].filter(([, name]) => name === key).map(([, , value]) => value ?? '');
  const [first, last] = [values[0], values.at(-1)];
  const expected = `a line “METRIC ${key}=NUMBER” on stdout`;
  if (first === undefined || last === undefined) return { expected, found: excerpt(text) };
  const other = values.find((value) => value !== first);
  if (other !== undefined) return { first, last: other };
  return toNumber(last) ?? { expected, found: `“METRIC ${key}=${last}”` };
}

/** Number() without its surprises: no empty text, no hexadecimal, nothing that is not finite. */
function toNumber(text: string): number | undefined {
  const value = /^[-+]?(\d|\.\d)/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
