import { expect, it } from 'vitest';
import { readTrace } from '../../../src/experiment/audit/trace.ts';

const read = (...lines: string[]) => {
  const { opened, started, processes } = readTrace(lines.map((line) => `${line}\n`).join(''));
  return { opened: [...opened], started: [...started], processes };
};

it.each([
  ['a file by its real path', '7 openat(AT_FDCWD</a>, "link", O_RDONLY) = 3</real/file>', '/real/file'],
  ['a file that is only asked for', '7 newfstatat(AT_FDCWD</a>, "../x", {st_mode=S_IFREG|0644, ...}, 0) = 0', '/x'],
  ['a file by an old call', '7 access("/x/y", F_OK) = 0', '/x/y'],
  ['a name with odd bytes', '7 access("/x/\\"\\303\\274\\n", F_OK) = 0', '/x/"ü\n'],
  [
    'a server',
    '7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("10.0.0.1")}, 16) = 0',
    'tcp 10.0.0.1:80',
  ],
  [
    'a server that answers later',
    '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(1), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS (Operation now in progress)',
    'tcp ::1:1',
  ],
  ['a socket', '7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0', 'unix /run/x'],
  [
    'a new file in memory',
    '7 openat(AT_FDCWD</a>, "/dev/shm/x", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</dev/shm/x>',
    '/dev/shm',
  ],
])('reads %s', (_, line, path) => {
  expect(read(line)).toEqual({ opened: [path], started: [], processes: 0 });
});

it.each([
  ['a call that failed', '7 openat(AT_FDCWD</a>, "x", O_RDONLY) = -1 ENOENT (No such file or directory)'],
  ['a file that is made', '7 openat(AT_FDCWD</a>, "/tmp/x1", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/x1>'],
  ['the end of a process', '7 +++ exited with 0 +++'],
  ['a signal', '7 --- SIGCHLD {si_signo=SIGCHLD} ---'],
  ['a thread', '7 clone3({flags=CLONE_VM|CLONE_THREAD, stack=0x7f}, 88) = 9'],
  ['anything else', 'what is this'],
])('ignores %s', (_, line) => {
  expect(read(line)).toEqual({ opened: [], started: [], processes: 0 });
});

it('reads programs and processes', () => {
  const lines = [
    '7 execve("/bin/sh", ["sh"], 0x7 /* 9 vars */) = 0',
    '7 vfork() = 8',
    '8 execveat(5</a>, "b", ["b"], 0x7, 0) = 0',
  ];
  expect(read(...lines)).toEqual({ opened: [], started: ['/bin/sh', '/a/b'], processes: 1 });
});

it('joins a call whose line another process interrupted', () => {
  const lines = [
    '7 openat(AT_FDCWD</a>, "x", O_RDONLY <unfinished ...>',
    '8 access("/y", F_OK) = 0',
    '7 <... openat resumed>) = 3</a/x>',
  ];
  expect(read(...lines).opened).toEqual(['/y', '/a/x']);
});
