import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../../src/profile/formats/formats.ts';
import { readProfile, readProfiles } from '../../../src/profile/formats/read-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { everyFormat } from './every-format.ts';

const json = JSON.stringify;
const heap = join(import.meta.dirname, 'fixtures/go-allocs.pb.gz');

const perf = 'app 1 1.1: 250000 cycles:u: \n\tff slow (/a)\n\napp 1 1.2: 3 page-faults: \n\tfe touch (/a)\n\n';
const callgrind = 'events: Ir Dr\n\nfl=a.c\nfn=main\n1 10 4\ncfn=f\ncalls=1 0\n2 90 1\n\nfn=f\n2 90 1\n';
const part = (unit: string, weight: number) => ({
  type: 'sampled',
  name: unit,
  unit,
  startValue: 0,
  endValue: 9,
  samples: [[0]],
  weights: [weight],
});
const speedscope = json({
  shared: { frames: [{ name: 'a' }] },
  profiles: [part('milliseconds', 7), part('bytes', 64)],
});
const thread = (weightType: string, weight: number) => ({
  samples: { stack: [0], weight: [weight], weightType, length: 1 },
  stackTable: { prefix: [null], frame: [0], length: 1 },
  frameTable: { func: [0], line: [null], length: 1 },
  funcTable: { name: [0], fileName: [0], lineNumber: [null], resource: [-1], length: 1 },
  stringArray: ['main'],
});
const firefox = json({ meta: { interval: 2 }, libs: [], threads: [thread('samples', 4), thread('bytes', 64)] });

test.each([
  ['perf-script', 'p.txt', perf, undefined, { unit: 'cycles', total: 250000 }],
  ['perf-script', 'p.txt', perf, 'page-faults', { unit: 'events', total: 3 }],
  ['perf-script', 'p.txt', perf, 'cycles:u', { unit: 'cycles', total: 250000 }],
  ['callgrind', 'cg.out', callgrind, undefined, { unit: 'instructions', total: 100 }],
  ['callgrind', 'cg.out', callgrind, 'Dr', { unit: 'events', total: 5 }],
  ['speedscope', 's.json', speedscope, undefined, { unit: 'ms', total: 7 }],
  ['speedscope', 's.json', speedscope, 'bytes', { unit: 'bytes', total: 64 }],
  ['firefox', 'f.json', firefox, undefined, { unit: 'ms', total: 8 }],
  ['firefox', 'f.json', firefox, 'bytes', { unit: 'bytes', total: 64 }],
])('%s %s: the requested value among several is read', async (format, name, content, value, read) => {
  const profile = await readProfile(join(folder({ [name]: content }), name), value);
  expect(profile).toMatchObject({ format, ...read });
  expect(profile.notes.join()).toMatch(/Choose with --value/);
});

test('pprof: objects, which are no samples, and the memory that is still in use', async () => {
  expect(await readProfile(heap, 'alloc_objects')).toMatchObject({ unit: 'events', total: 4252 });
  expect((await readProfile(heap, 'inuse_space')).notes.join()).toMatch(/^Only inuse_space is read/);
});

test('raw profiles of Gecko hold samples alone', async () => {
  const gecko = join(import.meta.dirname, 'fixtures/found/gecko.json');
  expect((await readProfile(gecko, 'samples')).total).toBe(3);
  await expect(readProfile(gecko, 'bytes')).rejects.toThrow(/it holds samples/);
});

test('a value that a file does not hold is refused, and those that it holds are listed', async () => {
  const dir = folder({ 'p.txt': perf });
  await expect(readProfile(heap, 'cpu')).rejects.toMatchObject({
    code: 'profile_value',
    message: expect.stringMatching(/alloc_objects, alloc_space, inuse_objects, inuse_space\.$/),
  });
  await expect(readProfiles([`${dir}/p.txt`], 'instructions')).rejects.toThrow(/it holds cycles, page-faults\./);
});

test.each(formats.map(({ name, values }) => [name, values]))('%s: a wrong value is never ignored', async (name) => {
  const [file, bytes] = everyFormat[name as string]!;
  const path = join(folder(), file);
  writeFileSync(path, bytes);
  await expect(readProfile(path, 'nothing')).rejects.toMatchObject({ code: 'profile_value' });
});
