import { existsSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDir, setMode, setTimes, writeDurable } from '../../../src/core/fs.ts';
import { sha256 } from '../../../src/core/hash.ts';
import { keepFolder, layFolder } from '../../../src/sentinel/store/objects.ts';
import { keepHooks } from '../../../src/sentinel/store/own-files.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { hookOf } from '../hooks.ts';

/** A folder with files, and a store of objects next to it. */
function kept(files: Record<string, string>) {
  const top = temporaryFolder();
  for (const [path, text] of Object.entries(files)) writeDurable(join(top, 'plugin', path), text);
  return { folder: join(top, 'plugin'), objects: join(top, 'objects'), to: join(top, 'laid') };
}

const hashOf = (made: ReturnType<typeof keepFolder>) => ('hash' in made ? made.hash : made.refused);

/** Puts a list of entries into a store, as a process with write access could. */
function forged(objects: string, entries: unknown[]): string {
  const text = JSON.stringify({ entries });
  const hash = sha256(text);
  writeDurable(join(objects, hash.slice(0, 2), hash.slice(2)), text);
  return hash;
}

describe('a folder', () => {
  it('is restored unchanged: contents, executable bits, and links that stay inside', () => {
    const { folder, objects, to } = kept({ 'hooks/a.sh': 'a\n', 'b.txt': 'b\n' });
    setMode(join(folder, 'hooks/a.sh'), 0o755);
    symlinkSync('../b.txt', join(folder, 'hooks/link'));
    expect(layFolder(objects, hashOf(keepFolder(objects, folder)), to)).toBe(true);
    expect(readFileSync(join(to, 'hooks/a.sh'), 'utf8')).toBe('a\n');
    expect(statSync(join(to, 'hooks/a.sh')).mode & 0o111).not.toBe(0);
    expect(statSync(join(to, 'b.txt')).mode & 0o111).toBe(0);
    expect(readlinkSync(join(to, 'hooks/link'))).toBe('../b.txt');
  });

  it('is readable only by its user', () => {
    const { folder, objects } = kept({ 'a.sh': 'a\n' });
    keepFolder(objects, folder);
    const inside = readdirSync(objects, { recursive: true, encoding: 'utf8' });
    expect(inside.map((path) => statSync(join(objects, path)).mode & 0o077)).toEqual(inside.map(() => 0));
  });

  it('has another hash for another content or mode, regardless of repositories and times', () => {
    const { folder, objects } = kept({ 'a.sh': 'a\n', '.git/HEAD': 'x' });
    const first = keepFolder(objects, folder);
    expect(first).toMatchObject({ left_out: [{ path: '.git', why: 'version_control' }] });
    writeDurable(join(folder, '.git/HEAD'), 'y');
    writeDurable(join(folder, 'a.sh'), 'a\n');
    expect(hashOf(keepFolder(objects, folder))).toBe(hashOf(first));
    setMode(join(folder, 'a.sh'), 0o755);
    expect(hashOf(keepFolder(objects, folder))).not.toBe(hashOf(first));
  });

  it('is stored without links to the outside, and not at all if it is too large', () => {
    const { folder, objects, to } = kept({ 'a.sh': 'a\n' });
    symlinkSync('/etc/passwd', join(folder, 'absolute'));
    symlinkSync('../../secret', join(folder, 'up'));
    const made = keepFolder(objects, folder);
    expect(made).toMatchObject({ left_out: [{ why: 'leads_out' }, { why: 'leads_out' }] });
    expect(layFolder(objects, hashOf(made), to)).toBe(true);
    expect(readdirSync(to)).toEqual(['a.sh']);
    truncateSync(join(folder, 'a.sh'), 65 * 1024 ** 2);
    expect(keepFolder(objects, folder)).toEqual({ refused: 'it holds more than 64 MB' });
    truncateSync(join(folder, 'a.sh'), 0);
    for (let i = 0; i < 5000; i++) makeDir(join(folder, 'empty', String(i)));
    expect(keepFolder(objects, folder)).toEqual({ refused: 'it holds more than 5000 files and folders' });
  });
});

it('an object that is used again gets the present time', () => {
  const { folder, objects } = kept({ 'a.sh': 'a\n' });
  keepFolder(objects, folder);
  const file = join(objects, sha256('a\n').slice(0, 2), sha256('a\n').slice(2));
  setTimes(file, 1_000_000_000);
  keepFolder(objects, folder);
  expect(statSync(file).mtimeMs).toBeGreaterThan(1_000_000_000_000);
  expect(readFileSync(file, 'utf8')).toBe('a\n');
});

it('a script outside of plugins counts as changed if it is no longer executable', async () => {
  const { folder, objects } = kept({ 'a.sh': 'a\n' });
  const file = join(folder, 'a.sh');
  const hook = hookOf(file, { root: null, file: join(folder, 'settings.json') });
  const hash = async () => (await keepHooks([hook], objects, { project: folder, home: folder }))[0]!.hash;
  setMode(file, 0o755);
  const before = await hash();
  setMode(file, 0o644);
  expect(await hash()).not.toBe(before);
});

describe('a damaged store', () => {
  it('returns no object that is gone or does not match its name', () => {
    const { folder, objects, to } = kept({ 'a.sh': 'a\n' });
    const hash = hashOf(keepFolder(objects, folder));
    const file = join(objects, sha256('a\n').slice(0, 2), sha256('a\n').slice(2));
    writeDurable(file, 'rm -rf /\n');
    expect(layFolder(objects, hash, to)).toBe(false);
    keepFolder(objects, folder); // repairs it
    expect(layFolder(objects, hash, join(to, '1'))).toBe(true);
    expect(layFolder(objects, sha256('nothing'), join(to, '2'))).toBe(false);
    expect(layFolder(objects, '../../etc', join(to, '3'))).toBe(false);
  });

  it.each([
    ['leads out', [{ path: '../out', hash: sha256('a\n'), executable: false }]],
    ['is absolute', [{ path: '/tmp/out', hash: sha256('a\n'), executable: false }]],
    ['is the folder itself', [{ path: '.', hash: sha256('a\n'), executable: false }]],
    ['links out', [{ path: 'link', link: '../..' }]],
    ['links to a root', [{ path: 'link', link: '/etc' }]],
  ])('writes no entry that %s', (_, entries) => {
    const { folder, objects, to } = kept({ 'a.sh': 'a\n' });
    keepFolder(objects, folder);
    makeDir(to);
    expect(layFolder(objects, forged(objects, entries), to)).toBe(false);
    expect(readdirSync(to)).toEqual([]);
    expect(existsSync(join(to, '../out'))).toBe(false);
  });

  it('writes no file through a link', () => {
    const { folder, objects, to } = kept({ 'a.sh': 'a\n' });
    keepFolder(objects, folder);
    const through = [
      { path: 'link', link: 'elsewhere' },
      { path: 'link/a', hash: sha256('a\n'), executable: false },
    ];
    expect(layFolder(objects, forged(objects, through), to)).toBe(false);
    expect(existsSync(to)).toBe(false);
  });
});
