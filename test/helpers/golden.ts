import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const folder = join(import.meta.dirname, '../fixtures/golden');

/** Replaces texts and values that differ by machine or time; the golden file holds the replacements. */
export type Normaliser = { texts: [from: RegExp | string, as: string][]; keys: Record<string, string> };

/**
 * Compares an object with `test/fixtures/golden/<name>.json`: the object must have every key and value of the file, and may have further
 * keys. `GOLDEN=write` writes the file first: use it only after an intended change of the output.
 */
export function expectGolden(name: string, actual: object, how: Normaliser = { texts: [], keys: {} }): void {
  const found = normalised(actual, how);
  const file = join(folder, `${name}.json`);
  if (process.env.GOLDEN === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  }
  if (!existsSync(file)) throw new Error(`there is no ${file}; write it with GOLDEN=write`);
  expect(differences(JSON.parse(readFileSync(file, 'utf8')), found), name).toEqual([]);
}

/** Lists, as sentences, where an object lacks a value of the golden object. */
function differences(golden: unknown, actual: unknown, path = '$'): string[] {
  if (Array.isArray(golden)) {
    if (!Array.isArray(actual)) return [`${path}: expected an array, found ${shown(actual)}`];
    const many = `${path}: expected ${golden.length} elements, found ${actual.length}`;
    return [
      ...(golden.length === actual.length ? [] : [many]),
      ...golden.flatMap((value, i) => (i < actual.length ? differences(value, actual[i], `${path}[${i}]`) : [])),
    ];
  }
  if (typeof golden === 'object' && golden !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual))
      return [`${path}: expected an object, found ${shown(actual)}`];
    return Object.entries(golden).flatMap(([key, value]) =>
      key in actual
        ? differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`)
        : [`${path}.${key}: is missing`],
    );
  }
  return Object.is(golden, actual) ? [] : [`${path}: expected ${shown(golden)}, found ${shown(actual)}`];
}

function normalised(value: unknown, how: Normaliser): unknown {
  if (typeof value === 'string') return how.texts.reduce((text, [from, as]) => text.replaceAll(from, as), value);
  if (Array.isArray(value)) return value.map((v) => normalised(v, how));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, how.keys[key] ?? normalised(v, how)]));
}

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';
