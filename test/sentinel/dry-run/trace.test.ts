import { expect, it } from 'vitest';
import { slopeOf } from '../../../src/sentinel/dry-run/alone.ts';
import { readTrace } from '../../../src/sentinel/dry-run/trace.ts';

it('counts started programs, and attempted connections', () => {
  const text = [
    '10 execve("/bin/sh", ["/bin/sh", "-c", "x"], 0x7ffe /* 20 vars */) = 0',
    '11 execve("/usr/local/bin/git", ["git", "status"], 0x55 /* 20 vars */) = -1 ENOENT (No such file or directory)',
    '11 execve("/usr/bin/git", ["git", "status"], 0x55 /* 20 vars */ <unfinished ...>',
    '12 execve("/usr/bin/git", ["git", "log"], 0x55 /* 20 vars */) = 0',
    '11 <... execve resumed>) = 0',
    '12 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    '12 connect(4, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("127.77.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
    '12 connect(5, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)',
    '12 connect(6, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)',
    '12 execve("/opt/constructor", ["constructor"], 0x55 /* 20 vars */) = 0',
    '12 +++ exited with 0 +++',
  ];
  expect(readTrace(text.join('\n'))).toEqual({
    execs: 4,
    programs: { sh: 1, git: 2, constructor: 1 },
    attempts: ['127.77.0.1:443', '::1:8080'],
    shims: [],
  });
});

it('a version manager’s shim is recognised, with the real program', () => {
  const shim = '/home/me/.pyenv/shims/python3';
  const way = [
    '/bin/sh',
    shim,
    '/home/me/.pyenv/bin/pyenv',
    '/usr/bin/readlink',
    '/home/me/.pyenv/versions/3.12/bin/python3.12',
  ];
  const text = way.map((path) => `10 execve("${path}", ["x"], 0x55 /* 20 vars */) = 0`).join('\n');
  expect(readTrace(text).shims).toEqual([{ program: 'python3', manager: 'pyenv', real: way[4], execs: 2 }]);
  expect(readTrace(text.split('\n').slice(0, 4).join('\n')).shims).toMatchObject([{ real: null, execs: 2 }]);
});

it('a hook’s fixed time does not hide how its time grows', () => {
  const rung = (bytes: number, ms: number) => ({ bytes, wall_ms: ms, cpu_ms: ms, outcome: 'ok' as const });
  expect(slopeOf([rung(1000, 11), rung(10_000, 44), rung(100_000, 2200)])).toBeCloseTo(1.7, 2);
  expect(slopeOf([rung(1000, 11), rung(10_000, 11.1), rung(100_000, 12)])).toBeLessThan(0.1);
  expect(slopeOf([rung(1000, 11)])).toBeNull();
});
