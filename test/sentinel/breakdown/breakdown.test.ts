import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findProgram } from '../../../src/core/locate.ts';
import { breakdownOf, watched } from '../../../src/sentinel/breakdown/breakdown.ts';
import { adviceOf } from '../../../src/sentinel/breakdown/words.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const lines = [
  '10  100.000000 execve("/bin/sh", ["sh"], 0x7f /* 3 vars */) = 0 <0.001000>',
  '10  100.002000 openat(AT_FDCWD</>, "/etc/x", O_RDONLY) = 3</etc/x> <0.003000>',
  '10  100.005000 vfork( <unfinished ...>',
  '11  100.005500 execve("/usr/bin/curl", ["curl"], 0x7f /* 3 vars */) = 0 <0.000500>',
  '10  100.006000 <... vfork resumed>)      = 11 <0.001000>',
  '10  100.006000 wait4(-1,  <unfinished ...>',
  '11  100.007000 connect(5<TCP:[77]>, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0 <0.001000>',
  '11  100.008000 epoll_wait(6<anon_inode:[eventpoll]>, [], 8, 1000) = 1 <0.050000>',
  '11  100.060000 +++ exited with 0 +++',
  '10  100.060500 <... wait4 resumed>[{WIFEXITED(s)}], 0, NULL) = 11 <0.054500>',
  '10  100.060500 --- SIGCHLD {si_signo=SIGCHLD} ---',
  '10  100.061000 nanosleep({tv_sec=0, tv_nsec=10000000}, NULL) = 0 <0.010000>',
  '10  100.072000 exit_group(0)             = ?',
  '10  100.072000 +++ exited with 0 +++',
  '12  100.900000 +++ exited with 0 +++',
];

it('each moment is counted once, for the busiest process, until the main one has ended', () => {
  const { traced_ms, kinds, programs } = breakdownOf(lines.join('\n'))!;
  expect(traced_ms).toBeCloseTo(72, 1);
  expect(kinds.network).toBeCloseTo(51, 1);
  expect(kinds.files).toBeCloseTo(3, 1);
  expect(kinds.waiting).toBeCloseTo(10.5, 1); // the sleep, and the moment until the parent notices the child's end
  expect(kinds.processes).toBeCloseTo(2, 1);
  expect(Object.values(kinds).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(traced_ms, 3);
  expect(programs.map(({ program }) => program)).toEqual(['curl', 'sh']);
});

it('gives advice for the kind of work that takes most of the time, if any does', () => {
  const made = breakdownOf(lines.join('\n'))!;
  expect(adviceOf(made, ['api.example'])).toContain('api.example');
  const even = { computing: 20, processes: 20, files: 20, network: 20, waiting: 20 };
  expect(adviceOf({ ...made, traced_ms: 100, kinds: even }, [])).toBeNull();
});

it('an empty or invalid trace gives no breakdown', () => {
  for (const text of ['', '\n', 'strace: exec: No such file or directory\n', '10  x execve('])
    expect(breakdownOf(text)).toBeNull();
});

it.skipIf(findProgram('strace', process.env) === undefined)(
  'a program that sleeps waits most of its time',
  async () => {
    const log = join(temporaryFolder(), 'log');
    const [file, ...args] = watched(log, ['sh', '-c', 'sleep 0.3; cat /dev/null']);
    execFileSync(file, args);
    const made = () => breakdownOf(readFileSync(log, 'utf8'));
    await expect.poll(() => made()?.kinds.waiting, { timeout: 10_000 }).toBeGreaterThan(290); // strace still writes after the program has ended
    const { kinds, traced_ms, programs } = made()!;
    expect(kinds.waiting).toBeLessThanOrEqual(traced_ms);
    expect(programs.map(({ program }) => program)).toEqual(expect.arrayContaining(['sleep', 'sh']));
  },
);
