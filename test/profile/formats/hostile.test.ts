import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import { formats } from '../../../src/profile/formats/formats.ts';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { unpacked } from '../../../src/profile/parsing/input.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { seededRandom } from '../../../src/stats/rng.ts';
import { folder } from '../../helpers/folder.ts';
import { write } from '../programs.ts';
import { everyFormat } from './every-format.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const statsAsJson = `{"('a.py', 3, 'f')": [1, 1, 0.5, 0.5, {"('a.py', 1, 'm')": [1, 1, 0.5, 0.5]}]}`;
const good: [string, [file: string, bytes: Uint8Array]][] = [
  ...Object.entries(everyFormat),
  ['pstats-json with callers', ['stats.json', Buffer.from(statsAsJson)]],
];

test.each(good)(
  '%s: a file with damage at any place is read or refused, without any other effect',
  async (name, [file, bytes]) => {
    const next = seededRandom(`profile ${name}`);
    const { read } = formats.find((format) => format.recognise(bytes, file))!;
    for (let i = 0; i < 150; i++) {
      const broken = Buffer.from(bytes.subarray(0, i % 3 === 0 ? Math.floor(next() * bytes.length) : bytes.length));
      for (let k = 0; k < 1 + (i % 4) && broken.length > 0; k++)
        broken[Math.floor(next() * broken.length)] = Math.floor(next() * 256);
      try {
        const profile = await read(broken, 'broken');
        hotspots(profile, '/app');
        expect(Number.isFinite(profile.total)).toBe(true);
      } catch (error) {
        expect(isFailure(error, 'profile_unreadable'), String((error as Error).stack)).toBe(true);
      }
    }
  },
);

test('a bomb in gzip is refused', () => {
  expect(() => unpacked(gzipSync(Buffer.alloc(1_000_000)), 'bomb.gz', 1000)).toThrow(
    /at most 1000 bytes when unpacked/,
  );
});

test('names such as `constructor` are ordinary names', async () => {
  const metafile = {
    inputs: {},
    outputs: {
      'o.js': { bytes: 3, inputs: JSON.parse('{"__proto__":{"bytesInOutput":1},"constructor":{"bytesInOutput":2}}') },
    },
  };
  const dir = folder({ 'meta.json': JSON.stringify(metafile) });
  expect((await readProfile(`${dir}/meta.json`)).total).toBe(3);
  expect(({} as { bytesInOutput?: number }).bytesInOutput).toBeUndefined();
});

test('a packed profile is read like an open one', async () => {
  const dir = write('p.gz', gzipSync(fixture('plan.json')));
  expect((await readProfile(`${dir}/p.gz`)).format).toBe('explain-analyze');
});
