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

it('a program is compiled once for the cache, and not used from there if others could have written it', async () => {
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

it('a program for a verdict is compiled by this process, and again if its file was changed', async () => {
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

it('the start of a run compiles again, and keeps an equal program in the cache', async () => {
  const cached = await path();
  const first = lstatSync(cached, { bigint: true });
  expect(await path(compiledNow)).toBe(cached);
  expect(lstatSync(cached, { bigint: true }).ctimeNs).toBe(first.ctimeNs);
  writeFileSync(cached, 'not the program\n');
  expect(await path(compiledNow)).toBe(cached);
  expect(lstatSync(cached).size).toBeGreaterThan(10_000);
});

it('a cached program is used if it is older than a given time, else the process compiles its own', async () => {
  const cached = await path();
  const { ctimeMs } = lstatSync(cached);
  expect(await path(ctimeMs + 1)).toBe(cached);
  expect(await path(ctimeMs)).not.toBe(cached);
  utimesSync(cached, 1, 1); // the change time cannot be set back
  expect(await path(ctimeMs + 1)).not.toBe(cached);
});

it('a replaced file is noticed, also if the original was restored', () => {
  const file = join(temporaryFolder(), 'x');
  writeFileSync(file, '1');
  expect([isAsFirstSeen(file), isAsFirstSeen(file)]).toEqual([true, true]);
  writeFileSync(file, '2');
  writeFileSync(file, '1');
  expect([existsSync(file), isAsFirstSeen(file)]).toEqual([true, false]);
});
