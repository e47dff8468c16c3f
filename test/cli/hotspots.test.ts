import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Hotspots } from '../../src/profile/rank/hotspots.ts';
import { perfGate } from '../helpers/cli.ts';
import { folder } from '../helpers/folder.ts';
import { everyFormat } from '../profile/formats/every-format.ts';

const perfgate = perfGate();

/** A folder with a profile of some formats. */
function folderWith(...names: string[]): string {
  const dir = folder();
  for (const name of names) writeFileSync(join(dir, everyFormat[name]![0]), everyFormat[name]![1]);
  return dir;
}

const before = 'main a.py:1;slow a.py:9 700\nmain a.py:1;fast a.py:20 300\n';
const after = 'main a.py:1;slow a.py:9 100\nmain a.py:1;fast a.py:20 300\n';

it('prints the same object for every format, packed or not', { timeout: 60_000 }, async () => {
  const dir = folderWith(...Object.keys(everyFormat));
  for (const [name, [file, bytes]] of Object.entries(everyFormat)) {
    writeFileSync(join(dir, `${file}.gz`), gzipSync(bytes));
    const { code, ...found } = await perfgate.json<Hotspots>(dir, 'hotspots', `${file}.gz`, '--root', '/app');
    expect({ name, code, keys: Object.keys(found) }).toEqual({
      name,
      code: 0,
      keys: ['hotspots', 'total', 'unit', 'format', 'warnings'],
    });
    expect(found).toMatchObject({ format: name, total: expect.any(Number), unit: expect.any(String) });
    expect(found.hotspots[0], name).toMatchObject({
      rank: 1,
      function: expect.any(String),
      self_pct: expect.any(Number),
      total_pct: expect.any(Number),
      ceiling_pct: expect.any(Number),
      samples: expect.any(Number),
    });
    for (const { file, line } of found.hotspots)
      expect([file === null || file !== '', line === null || line > 0], name).toEqual([true, true]);
  }
});

it('draws the difference into a picture, and prints it as data', async () => {
  const dir = folder({ 'before.folded': before, 'after.folded': after });
  const args = ['after.folded', '--against', 'before.folded', '--flame', 'd.svg'];
  const { hotspots } = await perfgate.json<Hotspots>(dir, 'hotspots', ...args);
  expect(hotspots.map((h) => [h.function, h])).toMatchObject([
    ['fast a.py:20', { ceiling_pct: 75, ceiling_before_pct: 30 }],
    ['slow a.py:9', { ceiling_pct: 25, ceiling_before_pct: 70 }],
  ]);
  const svg = readFileSync(join(dir, 'd.svg'), 'utf8');
  for (const text of ['Before: 1000 samples', 'After: 400 samples', '−20 and below', 'slow a.py:9'])
    expect(svg).toContain(text);
});

it('a folder means its profiles: other files are named, and perf-gate’s own exports are not counted twice', async () => {
  const dir = folder({ 'p/before.folded': before, 'p/README.md': '# notes\n', 'p/profile.speedscope.json': '{}' });
  const { stdout, stderr } = await perfgate.run(dir, 'hotspots', 'p', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ total: 1000 });
  expect(stderr).toBe('Skipped files that are no profiles: p/README.md, p/profile.speedscope.json\n');
});

it('shows as many hotspots as requested, and only counts those with nearly no cost', async () => {
  const dir = folder({ 'a.folded': 'a 9000\nb 800\nc 199\nd 1\n' });
  expect((await perfgate.json<Hotspots>(dir, 'hotspots', 'a.folded', '--limit', '2')).hotspots).toHaveLength(2);
  const { stdout } = await perfgate.run(dir, 'hotspots', 'a.folded');
  expect(stdout).toContain('and 1 more, where a fix can save less than 0.1 %');
});

it('ranks the requested value of all files and of the earlier profile', async () => {
  const perf = (cycles: number, faults: number) =>
    `a 1 1.1: ${cycles} cycles: \n\tff slow (/a)\n\na 1 1.2: ${faults} page-faults: \n\tfe touch (/a)\n\n`;
  const dir = folder({ 'old.perf': perf(1000, 9), 'new.perf': perf(3000, 4) });
  const asked = ['hotspots', 'new.perf', '--against', 'old.perf', '--root', '/', '--value'];
  expect(await perfgate.json<Hotspots>(dir, ...asked, 'page-faults')).toMatchObject({ unit: 'events', total: 4 });
  const { code, stderr } = await perfgate.run(dir, ...asked, 'cache-misses');
  expect([code, stderr]).toEqual([2, expect.stringContaining('it holds cycles, page-faults')]);
});

it('control characters in names and sources do not reach the terminal', async () => {
  const dir = folder({ 'a.folded': 'red\u001b[31m\u202e (b.py:1) 5\n', 'b.py': 'x = "\u001b[2J"\n' });
  const { stdout } = await perfgate.run(dir, 'hotspots', 'a.folded');
  expect(stdout).toContain('red b.py:1');
  expect(stdout).toContain('x = ""');
  for (const never of ['\u001b', '\u202e']) expect(stdout).not.toContain(never);
});

it('suggests the project’s folder if no function of the project is found', async () => {
  const dir = folder({
    'a.folded': 'main (/elsewhere/app/m.py:1) 5\nmain (/elsewhere/app/m.py:1);dep (/x/site-packages/d.py:1) 50\n',
  });
  const { stdout, stderr } = await perfgate.run(dir, 'hotspots', 'a.folded');
  expect(stdout).toContain('No hotspot was found.');
  expect(stderr).toContain('Much of the cost is in /elsewhere/app/m.py');
  const told = await perfgate.json<Hotspots>(dir, 'hotspots', 'a.folded', '--root', '/elsewhere/app');
  expect(told.hotspots[0]).toMatchObject({ id: 'main m.py:1' });
});

it.each<[what: string, args: string[], code: string, message: RegExp]>([
  ['a missing file', ['absent.cpuprofile'], 'profile_unreadable', /absent\.cpuprofile .*found nothing/],
  ['an empty file', ['empty.json'], 'profile_unreadable', /empty\.json/],
  ['garbage', ['garbage.bin'], 'profile_unreadable', /found binary data that begins with 01 02/],
  ['an empty folder', ['nothing'], 'profile_unreadable', /nothing .*found no file/],
  ['a folder without profiles', ['notes'], 'profile_unreadable', /notes .*found other files \(1\)/],
  ['profiles of two units', ['a.cpuprofile', 'a.heapprofile'], 'profile_unreadable', /ms .*bytes/],
  ['a comparison of two units', ['a.cpuprofile', '--against', 'a.heapprofile'], 'usage', /in bytes, .* in ms/],
  ['an invalid threshold', ['a.cpuprofile', '--threshold', 'abc'], 'usage', /--threshold is “abc”/],
  ['a threshold that is not a share', ['a.cpuprofile', '--threshold', '10ms'], 'usage', /--threshold is “10ms”/],
  ['an unknown group', ['a.cpuprofile', '--group', 'nonsense'], 'usage', /--group is “nonsense”/],
  ['a limit of 0', ['a.cpuprofile', '--limit', '0'], 'usage', /--limit is “0”/],
  ['a picture of another kind', ['a.cpuprofile', '--flame', 'a.png'], 'usage', /a\.png/],
  ['a folder to write to', ['a.cpuprofile', '--flame', 'x.html'], 'usage', /x\.html is a folder/],
  [
    'a file in the way of a folder',
    ['a.cpuprofile', '--flame', 'a.cpuprofile/x.svg'],
    'not_a_folder',
    /it is a file, but perf-gate needs a folder there/,
  ],
  ['nothing to open', ['a.cpuprofile', '--open'], 'usage', /nothing to open/],
])('refuses %s in words', async (_, args, code, message) => {
  const dir = folderWith('cpuprofile', 'heapprofile');
  for (const name of ['nothing', 'notes', 'x.html']) mkdirSync(join(dir, name));
  for (const name of ['notes/a.txt', 'garbage.bin']) writeFileSync(join(dir, name), '\u0001\u0002garbage');
  writeFileSync(join(dir, 'empty.json'), '');
  const refused = await perfgate.json<{ error: { code: string; message: string } }>(dir, 'hotspots', ...args);
  expect(refused).toMatchObject({ code: 2, error: { code, message: expect.stringMatching(message) } });
  expect(existsSync(join(dir, 'a.png'))).toBe(false);
});
