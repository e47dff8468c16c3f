import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { everyFormat } from './every-format.ts';

const dir = mkdtempSync(join(tmpdir(), 'order-'));

/** The object of a JSON file; undefined for other files. */
function objectIn(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const objects = Object.entries(everyFormat).flatMap(([format, [, bytes]]) => {
  const object = objectIn(bytes);
  return object && Object.keys(object).length > 1 ? [[format, object] as const] : [];
});

it.each(objects)('%s is recognised by its keys, in any order and without its usual name', async (format, object) => {
  const read = async (entries: [string, unknown][]) => {
    const file = join(dir, 'some.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries(entries), null, 1));
    const { notes: _, ...profile } = await readProfile(file);
    return profile;
  };
  const entries = Object.entries(object);
  const forwards = await read(entries);
  expect(forwards.format).toBe(format);
  expect(await read(entries.reverse())).toEqual(forwards);
});
