import { unitsLike } from '../../core/units.ts';
import { type Format, field, listAt, type Row, type Stat, sampled } from './row.ts';

/**
 * JSON written by hand or by perf-gate. It is an array of numbers, or an object with such an array in `samples` (and possibly `name` and
 * `unit`). It can also be an object with an array for each benchmark, or an array of `{ name, value, unit }`.
 */
export const samplesJson: Format = {
  writtenBy: 'a JSON array of numbers, or `{"samples": […], "unit": "ms"}`',
  samples: 'Give one number for each execution: [12.1, 12.3, 12.2].',
  fits: ({ json }) => rowsIn(json).length > 0,
  read: ({ json }) => rowsIn(json),
};

function rowsIn(json: unknown): Row[] {
  const samples = Array.isArray(json) ? json : field(json, 'samples');
  if (isPlain(samples)) return [oneSet(textAt(json, 'name'), sampled(samples, textAt(json, 'unit')))];
  const named = listAt(json).filter((row) => typeof field(row, 'value') === 'number' && textAt(row, 'name') !== '');
  if (named.length > 0)
    return named.map((row) => oneSet(textAt(row, 'name'), sampled([field(row, 'value')], textAt(row, 'unit'))));
  const sets = Object.entries(json ?? {});
  if (!sets.every(([, values]) => isPlain(values) && typeof values[0] === 'number')) return [];
  return sets.map(([name, values]) => oneSet(name, sampled(values as number[], '')));
}

/**
 * Whether the value is an array without objects. Its elements need not be numbers, because a later check reports elements of other types.
 */
const isPlain = (value: unknown): value is unknown[] =>
  Array.isArray(value) && !value.some((v) => v !== null && typeof v === 'object');

const textAt = (json: unknown, key: string) => {
  const value = field(json, key);
  return typeof value === 'string' ? value : '';
};

/** Plain numbers, separated by blanks or line ends. All numbers have the same unit, or no number has a unit. `#` begins a comment. */
export const numbers: Format = {
  writtenBy: 'plain numbers, one per line',
  samples: '',
  fits: ({ text }) => numbersIn(text) !== undefined,
  read: ({ text }) => {
    const stat = numbersIn(text);
    return stat ? [oneSet('', stat)] : [];
  },
};

/** Matches a number with an optional unit. A comma separates two numbers only if a blank follows, because `1,5` can be one number. */
const numberAndUnit = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)([a-zA-Zµμ]*)$/;

function numbersIn(text: string): Stat | undefined {
  const words = text.replaceAll(/#.*$/gm, '').trim().split(/,?\s+/);
  const values: { value: number; unit: string }[] = [];
  for (const word of words) {
    const [, value, unit = ''] = numberAndUnit.exec(word) ?? [];
    const last = values.at(-1);
    if (value !== undefined && (unit === '' || isUnit(unit))) values.push({ value: Number(value), unit });
    else if (last?.unit === '' && isUnit(word)) last.unit = word;
    else return undefined;
  }
  const units = new Set(values.map(({ unit }) => unit));
  return units.size === 1
    ? sampled(
        values.map(({ value }) => value),
        [...units][0]!,
      )
    : undefined;
}

const isUnit = (word: string) => unitsLike(word).length > 0;

const oneSet = (name: string, stat: Stat): Row => ({ name, main: 'samples', stats: { samples: stat } });
