import { execFileSync, fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Holder, holderOf, takeLock } from '../../src/core/lock.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const lockFile = () => join(temporaryFolder(), 'lock');

function held(file: string, what = 'a test') {
  const lock = takeLock(file, what);
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy.pid}`);
  return lock;
}

/** A lock as another process would have left it. */
function leave(file: string, change: Partial<Holder>): void {
  held(file).release();
  const mine = held(file);
  const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
  mine.release();
  writeFileSync(file, JSON.stringify({ ...holder, what: 'another', ...change }));
}

it('a lock has one holder, others see that holder, and it is free after release', () => {
  const file = lockFile();
  const lock = held(file, 'the first');
  expect(takeLock(file, 'the second')).toMatchObject({
    heldBy: { pid: process.pid, what: 'the first', host: hostname() },
  });
  expect(holderOf(file)).toMatchObject({ what: 'the first' });
  lock.release();
  lock.release();
  expect(holderOf(file)).toBeUndefined();
  held(file).release();
  expect(readdirSync(join(file, '..'))).toEqual([]);
});

it('a lock is taken over from a dead process', () => {
  const file = lockFile();
  const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
  leave(file, { pid });
  expect(holderOf(file)).toBeUndefined();
  held(file).release();
});

it('a lock is taken over if the pid of its holder now belongs to another process', () => {
  const file = lockFile();
  leave(file, { start: '1' });
  held(file).release();
});

it('a lock is taken over after a reboot', () => {
  const file = lockFile();
  leave(file, { boot: 'another boot' });
  held(file).release();
});

it('a lock of another machine on the same disk is never taken over', () => {
  const file = lockFile();
  leave(file, { host: 'elsewhere', pid: 1, start: '1' });
  expect(takeLock(file, 'a test')).toMatchObject({ heldBy: { host: 'elsewhere' } });
});

it.each(['', '{', 'null'])('a lock is taken over if its file names no holder: %j', (text) => {
  const file = lockFile();
  writeFileSync(file, text);
  held(file).release();
});

it('a lock is not removed by the release of a former holder', () => {
  const file = lockFile();
  const mine = held(file);
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as Holder), what: 'the next' }));
  mine.release();
  expect(holderOf(file)).toMatchObject({ what: 'the next' });
});

it('exactly one of many racing processes holds a lock at a time, also after a stale lock', async () => {
  const file = lockFile();
  const log = join(temporaryFolder(), 'log');
  leave(file, { boot: 'another boot' });
  const racers = Array.from({ length: 4 }, () =>
    fork(join(import.meta.dirname, 'racer.ts'), [file, log], { execArgv: ['--import', 'tsx'] }),
  );
  const codes = await Promise.all(racers.map((r) => new Promise((done) => r.on('close', done))));
  expect(codes).toEqual([0, 0, 0, 0]);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(4 * 25 * 2);
  for (let i = 0; i < lines.length; i += 2) {
    const [entered, left] = [lines[i]!, lines[i + 1]!];
    expect([entered.split(' ')[0], left]).toEqual(['in', entered.replace('in', 'out')]);
  }
});
