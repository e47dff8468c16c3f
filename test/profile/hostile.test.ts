import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isFailure } from '../../src/core/errors.ts';
import { formats, readProfile } from '../../src/profile/formats.ts';
import { hotspots } from '../../src/profile/hotspots.ts';
import { unpacked } from '../../src/profile/input.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { encode } from './pprof.ts';
import { folder, write } from './programs.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const text = (content: string) => Buffer.from(content);

const good: [format: string, bytes: Uint8Array][] = [
  ['massif', fixture('massif.out')],
  ['explain-analyze', fixture('plan.json')],
  ['metafile', fixture('meta.json')],
  ['chrome-trace', fixture('trace.json')],
  ['perf-script', fixture('perf.script')],
  ['pprof', encode(false)],
  ['collapsed', text('main;work 3\nmain 1\n')],
  ['pstats', Buffer.from('7b2903da046d2e7079e901000000da0166', 'hex')],
  [
    'callgrind',
    text('# callgrind format\nevents: Ir\nfl=(1) /a.c\nfn=(1) main\n1 10\ncfn=(2) f\ncalls=1 2\n2 5\nfn=(2)\n2 5\n'),
  ],
  [
    'speedscope',
    text(
      '{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","unit":"none","samples":[[0]],"weights":[1]}]}',
    ),
  ],
  [
    'firefox',
    text(
      '{"meta":{"interval":1},"threads":[{"samples":{"stack":[0]},"stackTable":{"prefix":[null],"frame":[0]},"frameTable":{"func":[0]},"funcTable":{"name":[0]},"stringArray":["a"]}]}',
    ),
  ],
  [
    'heapprofile',
    text(
      '{"head":{"callFrame":{"functionName":"f","url":"/a.js","lineNumber":0,"columnNumber":0},"selfSize":8,"id":1,"children":[]},"samples":[]}',
    ),
  ],
];

test.each(good)('%s: what is broken anywhere is read or refused, and nothing else happens', async (name, bytes) => {
  const next = seededRandom(`profile ${name}`);
  const { read } = formats.find((format) => format.name === name)!;
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
});

test('a bomb in gzip is refused', () => {
  expect(() => unpacked(gzipSync(Buffer.alloc(1_000_000)), 'bomb.gz', 1000)).toThrow(
    /at most 1000 bytes when unpacked/,
  );
});

test('names of every object’s own are names like others', async () => {
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
