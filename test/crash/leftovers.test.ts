import { spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { writeDurable } from '../../src/core/fs.ts';
import { type Holder, takeLock } from '../../src/core/lock.ts';
import { bootId, startOf } from '../../src/core/processes.ts';
import { sweepFoldersOf, sweepStaging, sweepTemporary } from '../../src/core/temporary-files.ts';
import { frozenCopy } from '../../src/experiment/arms.ts';
import { temporaryFolder as armsOfCommand, dropStrayArms } from '../../src/experiment/arms-folder.ts';
import type { RepoSetup } from '../../src/experiment/setup.ts';
import { commitDirty, restoreIndex } from '../../src/git/dirty-base.ts';
import { openRepo } from '../../src/git/repo.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

/** A pid that no process has: above the largest that Linux gives. */
const GONE = 2 ** 22 + 1;

it('half-written files of an ended process are removed; those of a running one and of the user stay', () => {
  const dir = temporaryFolder();
  const gone = [
    `.journal.jsonl.${GONE}.0123abcd.tmp`,
    `.lock.${GONE}.0123abcd`,
    `..lock.${GONE}.0123abcd.${GONE}.0123abcd.tmp`,
  ];
  const stay = [`.run.md.${process.pid}.0123abcd.tmp`, 'notes.tmp', '.hidden.tmp', `report.${GONE}.0123abcd.tmp`];
  for (const name of [...gone, ...stay]) writeFileSync(join(dir, name), 'half');
  expect(sweepTemporary(dir).sort()).toEqual(gone.map((name) => join(dir, name)).sort());
  expect(readdirSync(dir).sort()).toEqual([...stay].sort());
});

it('the files of a process that is known to be dead are removed, even if this process now has its id', () => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, `.run.md.${process.pid}.0123abcd.tmp`), 'half');
  writeFileSync(join(dir, `.run.md.${process.ppid}.0123abcd.tmp`), 'half');
  sweepTemporary(dir, process.pid);
  expect(readdirSync(dir)).toEqual([`.run.md.${process.ppid}.0123abcd.tmp`]);
});

it('temporary folders of a revert are removed under the lock of the work tree, regardless of their process; others when their process has ended', () => {
  const local = temporaryFolder();
  const [mine, other] = [GONE, GONE + 1].map((pid) => mkdtempSync(join(tmpdir(), `perf-gate-index-${pid}-`)));
  onTestFinished(() => rmSync(other!, { recursive: true }));
  for (const name of [`restore-${GONE}-a`, `restore-${GONE + 1}-b`, 'a run']) mkdirSync(join(local, name));
  sweepFoldersOf(GONE);
  sweepStaging(local);
  expect(readdirSync(local)).toEqual(['a run']);
  expect([existsSync(mine!), existsSync(other!)]).toEqual([false, true]);
});

const holder = (change: Partial<Holder>): Holder => ({
  pid: GONE,
  start: '1',
  boot: bootId(),
  host: hostname(),
  what: 'start x',
  ...change,
});

it.each([
  ['whose process is gone', holder({})],
  ['whose pid was given to another process', holder({ pid: process.pid, start: '1' })],
  ['from before the machine was started again', holder({ pid: process.pid, boot: 'another boot' })],
])('a lock %s is taken over, and returns what it was held for', (_, left) => {
  const file = join(temporaryFolder(), 'lock');
  writeDurable(file, JSON.stringify(left));
  const lock = takeLock(file, 'resume');
  expect(lock).toMatchObject({ died: { what: 'start x' } });
  expect(takeLock(file, 'another')).toMatchObject({ heldBy: { pid: process.pid, what: 'resume' } });
  if ('release' in lock) lock.release();
  expect(takeLock(file, 'next')).toMatchObject({ died: undefined });
});

it('a process that was killed while it took over a lock does not block the next, and the earlier crash is still known', () => {
  const dir = temporaryFolder();
  const file = join(dir, 'lock');
  writeDurable(file, JSON.stringify(holder({})));
  writeDurable(`${file}.breaking`, JSON.stringify(holder({ pid: GONE + 1, what: 'resume' })));
  expect(takeLock(file, 'again')).toMatchObject({ died: { what: 'start x' } });
  expect(readdirSync(dir)).toEqual(['lock']);
});

it.runIf(process.platform === 'linux')('a zombie process holds no lock', async () => {
  const parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = Number(await new Promise((read) => parent.stdout.once('data', (text: Buffer) => read(text.toString()))));
  // A shell could wait for its child. `sleep` does not.
  while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await sleep(5);
  process.kill(pid, 'SIGKILL');
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await sleep(5);
  expect(startOf(pid)).toBeUndefined();
});

it('an incomplete frozen copy is made again; a complete one is used again', async () => {
  const test = repository({ 'a.js': '1' });
  const folder = join(temporaryFolder(), 'arms');
  const world = { clock: systemClock, signal: new AbortController().signal };
  const repo = await openRepo(test.root);
  const setup = { repo, world, contract: { isolation: 'copy' }, folder } as unknown as RepoSetup;
  mkdirSync(join(folder, 'f'), { recursive: true });
  writeFileSync(join(folder, 'f', 'of the first try'), '');
  const tree = async () => 'the tree';
  await frozenCopy(setup, tree);
  expect(readdirSync(join(folder, 'f'))).toEqual(['a.js']);
  test.write('later.js', '');
  expect(await frozenCopy(setup, tree)).toMatchObject({ tree: 'the tree' });
  expect(readdirSync(join(folder, 'f'))).toEqual(['a.js']);
});

it('the next process removes a folder of arms whose process has ended; that of a running process stays', () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const mine = armsOfCommand(env, 'preflight');
  const lost = join(env.XDG_CACHE_HOME, 'perf-gate/arms/preflight-0123456789ab');
  mkdirSync(lost);
  writeFileSync(`${lost}.lock`, JSON.stringify(holder({})));
  expect(dropStrayArms(env, '', [])).toBe(1);
  expect([existsSync(lost), existsSync(`${lost}.lock`), existsSync(mine.dir)]).toEqual([false, false, true]);
  mine.leave();
  expect(readdirSync(join(env.XDG_CACHE_HOME, 'perf-gate/arms'))).toEqual([]);
});

it('an index lock of perf-gate’s own git is recognised after a crash; one of another git is never removed', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  test.write('a.js', '2');
  test.git('add', 'a.js');
  const before = test.git('ls-files', '--stage');
  const tip = await commitDirty(repo, { run: 'r', branch: 'main', tip: test.git('rev-parse', 'HEAD') });
  const own = join(test.root, `.git/perf-gate-index.${GONE}`);
  writeFileSync(own, 'half');
  linkSync(own, join(test.root, '.git/index.lock'));
  expect(await restoreIndex(repo, { run: 'r', tip })).toBe(true);
  expect(test.git('ls-files', '--stage')).toBe(before);
  expect(readdirSync(join(test.root, '.git')).filter((name) => /perf-gate|lock/.test(name))).toEqual([]);

  test.write('.git/index.lock', '');
  await expect(restoreIndex(repo, { run: 'r', tip })).rejects.toMatchObject({ code: 'index_locked' });
  expect(existsSync(join(test.root, '.git/index.lock'))).toBe(true);
});
