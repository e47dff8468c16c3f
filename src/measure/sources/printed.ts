import { excerpt, numberAt, numberByPattern, toNumber } from './numbers.ts';
import { type Absence, key, mapping, pattern, type Twice } from './source.ts';

export const printedJson = mapping({
  about: 'A number in the JSON on stdout. The JSON is the whole of stdout, or else the last line that is JSON.',
  fields: { stdout: { is: 'json' }, key },
  unit: '',
  argument: { word: 'json', placeholder: 'KEY' },
  read: (source, { stdout }) => numberAt(stdout, source.key, 'stdout'),
});

export const printedText = mapping({
  about: 'A number that the command prints, found by a pattern.',
  fields: { stdout: { is: 'regex' }, pattern },
  unit: '',
  argument: { word: 'regex', placeholder: 'PATTERN' },
  read: (source, { stdout }) => numberByPattern(stdout, source.pattern, 'stdout'),
});

export const printedMetric = mapping({
  about: 'A printed line `METRIC p95=12.3`; the key is the name before the equals sign.',
  fields: { stdout: { is: 'metric' }, key },
  unit: '',
  argument: { word: 'metric', placeholder: 'NAME' },
  read: (source, { stdout }) => numberOfMetric(stdout, source.key),
});

/** Lines `METRIC name=12.3`; the groups are the name and the rest of the line. Matching time is linear in the line's length. */
export const metricLine = /^METRIC[ \t]+([^=\s]+)[ \t]*=[ \t]*(.*)$/gm;

/** The number of a `METRIC` line. A repeated line is allowed, but two different values are not. */
function numberOfMetric(text: string, key: string): number | Absence | Twice {
  const values = [...text.matchAll(metricLine)].filter(([, name]) => name === key).map(([, , rest]) => rest!.trimEnd());
  const [first, last] = [values[0], values.at(-1)];
  const expected = `a line “METRIC ${key}=NUMBER” on stdout`;
  if (first === undefined || last === undefined) return { expected, found: excerpt(text) };
  const other = values.find((value) => value !== first);
  if (other !== undefined) return { first, last: other };
  return toNumber(last) ?? { expected, found: `“METRIC ${key}=${last}”` };
}
