import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { confine, openRoom, type Room } from '../../src/cage/room.ts';
import { type Furniture, type Network, stepsOf } from '../../src/cage/steps.ts';

const linux = process.platform === 'linux';
const top = realpathSync(mkdtempSync(join(tmpdir(), 'room-')));
const at = (...names: string[]) => join(top, ...names);
const project = at('home', 'project');

/** In no folder that a room hides, unless all of perf-gate lies in the folder for temporary files. */
const outside = mkdtempSync(join(import.meta.dirname, '../../node_modules/.room-'));
const seen = outside.startsWith(`${realpathSync(tmpdir())}/`) ? '' : 'file\n';

/** Where the room's program is compiled: not in the user's cache, which tests leave alone. */
const env = { ...process.env, XDG_CACHE_HOME: at('home', '.cache'), HOME: at('home') };

const furniture = (network: Network = 'loopback'): Furniture => ({
  work: { folder: at('arm'), at: project },
  views: [],
  temporary: at('own', 'tmp'),
  caches: { folder: at('own', 'cache'), at: at('home', '.cache') },
  home: at('home'),
  hidden: [],
  shared: [],
  network,
});

beforeAll(() => {
  for (const dir of [project, at('arm'), at('own', 'tmp'), at('own', 'cache')]) mkdirSync(dir, { recursive: true });
  writeFileSync(at('home', 'settings'), 'mine\n');
  writeFileSync(join(project, 'source'), 'of the project\n');
  writeFileSync(at('arm', 'source'), 'of the arm\n');
  writeFileSync(join(outside, 'file'), 'untouched\n');
});
afterAll(() => {
  for (const dir of [top, outside]) rmSync(dir, { recursive: true, force: true });
});

const opened: Room[] = [];
afterAll(() => {
  for (const room of opened) room.close();
});

async function roomOf(network?: Network): Promise<Room> {
  const room = await openRoom(furniture(network), env);
  if ('missing' in room) throw new Error(room.missing);
  opened.push(room);
  return room;
}

/** What a script says in a room, and how it ends. */
function say(room: Room, script: string) {
  const [file, ...args] = room.enter(['/bin/sh', '-c', script], project);
  const { stdout, status } = spawnSync(file, args, {
    cwd: at('arm'),
    env: { PATH: process.env.PATH, HOME: at('home') },
    encoding: 'utf8',
  });
  return { said: stdout.trim(), status };
}

/** A program that answers on a port of this machine. */
async function listening<T>(act: (port: number) => T): Promise<T> {
  const server = createServer((socket) => socket.end('hello\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return act((server.address() as { port: number }).port);
  } finally {
    server.close();
  }
}

const connect = (port: number) =>
  `python3 -S -E -c 'import socket; socket.create_connection(("127.0.0.1", ${port}), 5)' 2>/dev/null && echo reached || echo refused`;

describe.runIf(linux)('a room of namespaces', () => {
  it('shows the arm at the project’s path, and accepts writes to it', async () => {
    const room = await roomOf();
    expect(room).toMatchObject({ walls: 'namespaces', network: 'loopback' });
    expect(say(room, 'pwd; cat source; echo new > made')).toEqual({ said: `${project}\nof the arm`, status: 0 });
    expect(readFileSync(at('arm', 'made'), 'utf8')).toBe('new\n');
    expect(existsSync(join(project, 'made'))).toBe(false);
  });

  it('discards writes to HOME at the end, and shows them until then', async () => {
    const room = await roomOf();
    const script = 'cat ~/settings; echo theirs > ~/settings; rm -rf ~/project/../nothing; echo x > ~/new';
    expect(say(room, script).said).toBe('mine');
    expect(say(room, 'cat ~/settings ~/new').said).toBe('theirs\nx');
    room.close();
    expect(readFileSync(at('home', 'settings'), 'utf8')).toBe('mine\n');
    expect(existsSync(at('home', 'new'))).toBe(false);
  });

  it('keeps everything else unchanged, whatever a program tries', async () => {
    const room = await roomOf();
    say(room, `rm -rf ${outside}; find ${outside} -delete; echo x >> ${outside}/file; mv ${outside} ${project}/gone`);
    expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('untouched\n');
    expect(say(room, `umount ${project}; mount -o remount,rw /; mount -t tmpfs x ${outside}; cat source`).said).toBe(
      'of the arm',
    );
    expect(say(room, `ls ${outside}; unshare -Urm sh -c 'umount /tmp; ls /tmp' | grep -c arm`).said).toBe(`${seen}0`);
  });

  it('has temporary files, shared memory and caches of its own', async () => {
    writeFileSync(join(tmpdir(), 'left-for-later'), 'answer');
    const room = await roomOf();
    expect(say(room, 'ls /tmp /var/tmp /dev/shm ~/.cache | grep -c left').said).toBe('0');
    say(room, 'echo 1 > /tmp/mine; echo 2 > ~/.cache/mine');
    expect(readFileSync(at('own', 'tmp', 'mine'), 'utf8')).toBe('1\n');
    expect(readFileSync(at('own', 'cache', 'mine'), 'utf8')).toBe('2\n');
    expect(room.inside(at('own', 'tmp', 'mine'))).toBe('/tmp/mine');
    rmSync(join(tmpdir(), 'left-for-later'));
  });

  it('shows no process from outside, and none can be ended from within', async () => {
    const room = await roomOf();
    const { said } = say(
      room,
      `kill -9 ${process.pid} 2>/dev/null || echo none; kill -9 1; ls -d /proc/[0-9]* | wc -l`,
    );
    const [answer, seen] = said.split('\n');
    expect(answer).toBe('none');
    expect(Number(seen)).toBeLessThan(8);
    expect(say(room, 'echo still').said).toBe('still');
  });

  it('reaches a program of this machine only through the machine’s network', async () => {
    const rooms = { none: await roomOf('none'), loopback: await roomOf('loopback'), full: await roomOf('full') };
    await listening((port) => {
      expect(say(rooms.none, connect(port)).said).toBe('refused');
      expect(say(rooms.loopback, connect(port)).said).toBe('refused');
    });
    const own = `python3 -S -E -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); socket.create_connection(s.getsockname()); print("reached")' 2>&1 | tail -1`;
    expect(say(rooms.loopback, own).said).toBe('reached');
    expect(say(rooms.none, own).said).not.toBe('reached');
    expect(say(rooms.full, own).said).toBe('reached');
  });

  it('reaches the machine in the full network', async () => {
    const room = await roomOf('full');
    const server = spawn(process.execPath, [
      '-e',
      'require("net").createServer((s) => s.end()).listen(0, "127.0.0.1", function () { console.log(this.address().port) })',
    ]);
    const port = await new Promise<number>((resolve) => server.stdout.once('data', (text) => resolve(Number(text))));
    expect(say(room, connect(port)).said).toBe('reached');
    expect(say(await roomOf('loopback'), connect(port)).said).toBe('refused');
    server.kill();
  });

  it('ends as its program ends', async () => {
    const room = await roomOf();
    expect(say(room, 'exit 7').status).toBe(7);
    const [file, ...args] = room.enter(['/bin/sh', '-c', 'kill -TERM $$'], project);
    expect(spawnSync(file, args).signal).toBe('SIGTERM');
  });

  it('lists the processes in it, and ends them with the room', async () => {
    const room = await roomOf();
    say(room, 'setsid sleep 300 > /dev/null 2>&1 &');
    await vi.waitFor(() => expect(room.processes().map(({ name }) => name)).toEqual(['sleep']), 5000);
    const running = room.processes();
    room.close();
    for (let i = 0; i < 100 && existsSync(`/proc/${running[0]!.pid}/comm`); i++) await sleep(50);
    expect(existsSync(`/proc/${running[0]!.pid}/comm`)).toBe(false);
  });

  it('ends with the process that opened it', async () => {
    const script = `
      import { openRoom } from ${JSON.stringify(join(import.meta.dirname, '../../src/cage/room.ts'))};
      const room = await openRoom(${JSON.stringify(furniture())}, process.env);
      const [file, ...args] = room.enter(['/bin/sh', '-c', 'echo $$; exec sleep 300'], ${JSON.stringify(project)});
      const { spawn } = await import('node:child_process');
      spawn(file, args, { stdio: 'inherit' });
      console.log(args[1]);
    `;
    writeFileSync(at('opener.mts'), script);
    const opener = spawn(process.execPath, ['--import', 'tsx', at('opener.mts')], {
      cwd: join(import.meta.dirname, '../..'),
      env,
    });
    const first = await new Promise<string>((resolve) => {
      let text = '';
      opener.stdout.on('data', (chunk) => {
        text += chunk;
        const pid = text.split('\n').find((line) => Number(line) > 50);
        if (pid && text.split('\n').length > 2) resolve(pid);
      });
    });
    expect(existsSync(`/proc/${first}/comm`)).toBe(true);
    opener.kill('SIGKILL');
    for (let i = 0; i < 100 && existsSync(`/proc/${first}/comm`); i++) await sleep(50);
    expect(existsSync(`/proc/${first}/comm`)).toBe(false);
  });
});

const canBeNobody = linux && process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0;

it.runIf(canBeNobody)('works alike for a user without rights, in a user namespace', async () => {
  const room = await roomOf();
  const [program] = room.enter(['true'], '/');
  const own = mkdtempSync(join(tmpdir(), 'room-of-nobody-'));
  const [home, arm, tmp, cache] = ['home', 'arm', 'tmp', 'cache'].map((name) => join(own, name)) as [
    string,
    string,
    string,
    string,
  ];
  const copy = join(own, 'room');
  copyFileSync(program, copy);
  const mine = { ...furniture(), work: { folder: arm, at: join(home, 'project') }, temporary: tmp, home };
  const steps = stepsOf({ ...mine, caches: { folder: cache, at: join(home, '.cache') } }, 'overlay', []);
  const inside = `echo x > ~/new && cat ~/new; mount -t tmpfs x /mnt 2>/dev/null || echo no; echo y > made; sed -n 's/^CapEff:\t0*/rights:/p' /proc/self/status`;
  const script = `cd ${own}; mkdir -p home/project arm tmp cache; HOME=${home}; export HOME
    ./room keep loopback ${steps.join(' ')} > first & until [ -s first ]; do kill -0 $! || exit 1; sleep 0.05; done
    ./room enter "$(cat first)" loopback ${home}/project -- /bin/sh -c "$INSIDE"; kill $!; cat arm/made; ls home`;
  spawnSync('chown', ['-R', '65534:65534', own]);
  const { stdout } = spawnSync(
    'setpriv',
    ['--reuid', '65534', '--regid', '65534', '--clear-groups', '/bin/sh', '-c', script],
    {
      env: { PATH: process.env.PATH, INSIDE: inside },
      encoding: 'utf8',
    },
  );
  rmSync(own, { recursive: true });
  expect(stdout.trim().split('\n')).toEqual(['x', 'no', 'rights:', 'y', 'project']);
});

describe.runIf(linux)('a room of Landlock', () => {
  const landlock = async (network?: Network) => {
    const room = await confine(furniture(network), env);
    if ('missing' in room) return undefined;
    return room;
  };

  it('takes writes of the arm and of its own folders, and no others', async () => {
    const room = await landlock();
    if (!room) return; // a kernel without Landlock
    expect(say(room, 'echo 1 > made-here && echo kept; echo x > /dev/null && echo null').said).toBe('kept\nnull');
    expect(
      say(room, `echo x >> ${outside}/file; rm -rf ${outside}; echo x > ~/settings; echo x > /tmp/landlocked`).status,
    ).not.toBe(0);
    expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('untouched\n');
    expect(readFileSync(at('home', 'settings'), 'utf8')).toBe('mine\n');
    expect(existsSync('/tmp/landlocked')).toBe(false);
  });

  it('reports that it cannot have its own network', async () => {
    const room = await landlock('loopback');
    if (room) expect(room).toMatchObject({ walls: 'landlock', home: 'read_only', network: 'full' });
  });
});
