import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { joinQueue, queueIn } from '../../src/core/queue.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const line = () => join(temporaryFolder(), 'line');
const names = (dir: string) => queueIn(dir).map((one) => one.what);

const until = (holds: () => unknown) => vi.waitFor(holds, { timeout: 30_000 });

/** Another process that waits. */
async function waiter(dir: string, what: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'waiter.ts'), [dir, what], { execArgv: ['--import', 'tsx'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

it('a queue keeps the order of arrival, and the others move up when a process leaves', () => {
  const dir = line();
  const [one, two, three] = ['one', 'two', 'three'].map((what) => joinQueue(dir, what));
  expect(names(dir)).toEqual(['one', 'two', 'three']);
  expect(one!.before()).toEqual([]);
  expect(three!.before()).toMatchObject([{ what: 'one' }, { what: 'two', pid: process.pid }]);
  expect(Date.parse(queueIn(dir)[0]!.since)).not.toBeNaN();
  two!.leave();
  two!.leave();
  const four = joinQueue(dir, 'four');
  expect(four.before()).toMatchObject([{ what: 'one' }, { what: 'three' }]);
  for (const place of [one!, three!, four]) place.leave();
  expect(readdirSync(dir)).toEqual([]);
});

it('a queue ignores a process that died, and the next process to join removes its place', async () => {
  const dir = line();
  const dead = await waiter(dir, 'the first');
  const mine = joinQueue(dir, 'mine');
  expect(mine.before()).toMatchObject([{ what: 'the first', pid: dead.pid }]);
  dead.kill('SIGKILL');
  await until(() => expect(mine.before()).toEqual([]));
  expect(names(dir)).toEqual(['mine']);
  joinQueue(dir, 'the next');
  expect(readdirSync(dir)).toHaveLength(2);
});

it.runIf(process.platform === 'linux')('a queue skips a stopped process, which keeps its place', async () => {
  const dir = line();
  const stopped = await waiter(dir, 'the first');
  const mine = joinQueue(dir, 'mine');
  stopped.kill('SIGSTOP');
  await until(() => expect(mine.before()).toEqual([]));
  expect(names(dir)).toEqual(['the first', 'mine']);
  stopped.kill('SIGCONT');
  await until(() => expect(mine.before()).toHaveLength(1));
});
