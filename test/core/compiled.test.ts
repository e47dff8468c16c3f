import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { compiled, compiledNow, ownAlone, type Trust } from '../../src/core/compiled.ts';
import { isAsFirstSeen } from '../../src/core/unchanged.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const program = { name: 'stopwatch', sources: ['src/measure/instruments/stopwatch.c'] } as const;

let env: NodeJS.ProcessEnv;
beforeEach(() => {
  env = { PATH: process.env.PATH, XDG_CACHE_HOME: temporaryFolder() };
});

async function path(trust?: Trust): Promise<string> {
  const found = await compiled(program, env, trust);
  if (typeof found !== 'string') throw new Error(found.missing);
  return found;
}

it('compiles once for the cache, and takes nothing from there that others may have written', async () => {
  const file = await path();
  const first = lstatSync(file);
  expect([await path(), lstatSync(file).ino]).toEqual([file, first.ino]);
  chmodSync(file, 0o777);
  expect(lstatSync(await path()).ino).not.toBe(first.ino);
  const elsewhere = join(dirname(file), 'elsewhere');
  writeFileSync(elsewhere, 'of somebody\n');
  rmSync(file);
  symlinkSync(elsewhere, file);
  expect(lstatSync(await path()).isFile()).toBe(true);
  chmodSync(dirname(file), 0o777);
  expect(dirname(await path())).not.toBe(dirname(file));
});

it('compiles for itself what a verdict rests on, and again once that was written into', async () => {
  const cached = await path();
  writeFileSync(cached, 'not the program\n');
  const own = await path(ownAlone);
  expect([dirname(own) === dirname(cached), lstatSync(own).size > 10_000]).toEqual([false, true]);
  expect(await path(ownAlone)).toBe(own);
  appendFileSync(own, ' ');
  expect(isAsFirstSeen(own)).toBe(false);
  const again = await path(ownAlone);
  expect([again === own, isAsFirstSeen(again)]).toEqual([false, true]);
  expect(readdirSync(dirname(cached)).filter((name) => name.startsWith('own-'))).toHaveLength(2);
});

it('compiles anew at the beginning of a run, and leaves alone what is the same', async () => {
  const cached = await path();
  const first = lstatSync(cached, { bigint: true });
  expect(await path(compiledNow)).toBe(cached);
  expect(lstatSync(cached, { bigint: true }).ctimeNs).toBe(first.ctimeNs);
  writeFileSync(cached, 'not the program\n');
  expect(await path(compiledNow)).toBe(cached);
  expect(lstatSync(cached).size).toBeGreaterThan(10_000);
});

it('takes from the cache what came there before a time, and compiles for itself what came later', async () => {
  const cached = await path();
  const { ctimeMs } = lstatSync(cached);
  expect(await path(ctimeMs + 1)).toBe(cached);
  expect(await path(ctimeMs)).not.toBe(cached);
  utimesSync(cached, 1, 1); // the change time cannot be set back
  expect(await path(ctimeMs + 1)).not.toBe(cached);
});

it('sees a file that was exchanged, and one that was put back', () => {
  const file = join(temporaryFolder(), 'x');
  writeFileSync(file, '1');
  expect([isAsFirstSeen(file), isAsFirstSeen(file)]).toEqual([true, true]);
  writeFileSync(file, '2');
  writeFileSync(file, '1');
  expect([existsSync(file), isAsFirstSeen(file)]).toEqual([true, false]);
});
