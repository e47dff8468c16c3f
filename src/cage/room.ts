import type { ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { anyTime, compiled, type Sources, type Trust } from '../core/compiled.ts';
import { run, start, stopWithUs } from '../core/exec.ts';
import { allProcesses, type Process } from '../core/processes.ts';
import { lastWords } from '../core/text.ts';
import { type Furniture, type Home, type Network, stepsOf } from './steps.ts';
import { stepsOfVisit, type Visit } from './visit.ts';

/** The kernel feature that isolates a room. Landlock hides nothing. It forbids writes, and it can forbid signals and TCP connections. */
type Walls = 'namespaces' | 'landlock';

type Argv = readonly [string, ...string[]];

/** A closed room (sandbox) in which programs run. */
export type Room = {
  walls: Walls;
  home: Home;
  network: Network;
  /**
   * The path at which programs in the room find the file or folder at `path`. The two paths differ only if the file is in a folder that
   * belongs to the room alone.
   */
  inside(path: string): string;
  /**
   * The command line that runs `argv` in the room; `at` is the working directory. With `full`, the program uses the machine's network.
   * `as`: the process id of the program, if the room consists of namespaces and the id is free in the room.
   */
  enter(argv: Argv, at: string, network?: 'full', as?: number): [string, ...string[]];
  /** The processes that run in the room now. */
  processes(): Process[];
  /** Ends everything in it. */
  close(): void;
};

const program: Sources = {
  name: 'room',
  sources: ['src/cage/room.c', 'src/cage/rights.h', 'src/cage/mounts.h', 'src/cage/confine.h'],
};

/** Compiles the program that makes rooms, unless it is up to date. */
export async function prepareRooms(env: NodeJS.ProcessEnv, trust: Trust): Promise<void> {
  if (process.platform === 'linux') await compiled(program, env, trust);
}

/** The program that makes rooms of namespaces, or the reason why it is missing. */
async function roomMaker(env: NodeJS.ProcessEnv, trust: Trust): Promise<string | { missing: string }> {
  if (process.platform !== 'linux') return { missing: `${process.platform} has no namespaces` };
  return compiled(program, env, trust);
}

/** Opens a room of namespaces or, if the machine allows none, a room of Landlock. If neither works, returns the reason. */
export async function openRoom(
  asked: Furniture,
  env: NodeJS.ProcessEnv,
  trust: Trust = anyTime,
): Promise<Room | { missing: string }> {
  const file = await roomMaker(env, trust);
  if (typeof file !== 'string') return file;
  const refusals: string[] = [];
  for (const home of ['overlay', 'read_only'] as const) {
    const kept = await keep(file, asked.network, stepsOf(asked, home, mountsHere()));
    if (!('refused' in kept)) {
      const own = [asked.work, { folder: asked.temporary, at: '/tmp' }, asked.caches];
      return withNamespaces(file, kept, { own, network: asked.network, home });
    }
    refusals.push(kept.refused);
    if (!kept.refused.startsWith('overlay')) break;
  }
  const confined = await confine(asked, env, trust);
  return 'missing' in confined ? { missing: [...refusals, confined.missing].join('; ') } : confined;
}

/** Opens a room of namespaces that discards everything written in the room. If no such room is possible, returns the reason. */
export async function openVisit(
  asked: Visit,
  env: NodeJS.ProcessEnv,
  trust: Trust = anyTime,
): Promise<Room | { missing: string }> {
  const file = await roomMaker(env, trust);
  if (typeof file !== 'string') return file;
  const kept = await keep(file, asked.network, stepsOfVisit(asked, mountsHere()));
  if ('refused' in kept) return { missing: kept.refused };
  return withNamespaces(file, kept, { own: asked.own, network: asked.network, home: 'overlay' });
}

/** Opens a room of Landlock. If no such room is possible, returns the reason. */
export async function confine(
  asked: Furniture,
  env: NodeJS.ProcessEnv,
  trust: Trust = anyTime,
): Promise<Room | { missing: string }> {
  const file = await compiled(program, env, trust);
  if (typeof file !== 'string') return file;
  const room = withLandlock(file, asked);
  const [, ...tried] = room.enter(['/bin/true'], '/');
  const { exitCode, stderr } = await run(file, tried, { env, timeoutMs: 5000 });
  return exitCode === 0 ? room : { missing: lastWords(stderr) };
}

type Kept = { keeper: ChildProcess; first: string };

/** Starts the process that keeps a room open, and waits until the room is ready. The process ends with perf-gate. */
function keep(file: string, network: Network, steps: readonly string[]): Promise<Kept | { refused: string }> {
  return new Promise((resolve) => {
    const keeper = start(file, ['keep', network, ...steps], {
      cwd: '/',
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // outside the terminal's group: Ctrl-C must not end the room while a program runs in it
    });
    let [first, said] = ['', ''];
    keeper.stdout?.on('data', (chunk) => {
      first += chunk;
      if (!first.endsWith('\n')) return;
      for (const stream of [keeper.stdout, keeper.stderr]) stream?.destroy();
      keeper.unref();
      resolve({ keeper, first: first.trim() });
    });
    keeper.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    keeper.once('error', ({ message }) => resolve({ refused: message }));
    keeper.once('close', () => resolve({ refused: said.trim() || 'the closed room ended at once' }));
  });
}

/** The properties of a new room. `own`: the folders that belong to the room alone, and their paths inside the room. */
type Made = { own: readonly { folder: string; at: string }[]; network: Network; home: Home };

function withNamespaces(file: string, { keeper, first }: Kept, { own, network, home }: Made): Room {
  const end = () => keeper.kill('SIGKILL');
  const leave = stopWithUs(end);
  return {
    walls: 'namespaces',
    home,
    network,
    inside(path) {
      const seen = own.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
      return seen ? seen.at + path.slice(seen.folder.length) : path;
    },
    enter: (argv, at, wanted, as) => [
      file,
      'enter',
      first,
      wanted ?? network,
      at,
      ...(as === undefined ? [] : [String(as)]),
      '--',
      ...argv,
    ],
    processes: () => allProcesses().filter(({ pid }) => String(pid) !== first && isIn(pid, first)),
    close() {
      leave();
      end();
    },
  };
}

function withLandlock(file: string, { work, temporary, caches, shared, network }: Furniture): Room {
  // Landlock's rules match ports but no addresses, so Landlock can forbid either all TCP connections or none.
  const actual: Network = network === 'none' ? 'none' : 'full';
  const writable = [work.folder, temporary, caches.folder, ...shared];
  return {
    walls: 'landlock',
    home: 'read_only',
    network: actual,
    inside: (path) => path,
    enter: (argv, _at, wanted) => [file, 'confine', wanted ?? actual, ...writable, '--', ...argv],
    processes: () => [],
    close() {},
  };
}

/** Whether a process is in the pid namespace whose first process is `first`. */
function isIn(pid: number, first: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) === readlinkSync(`/proc/${first}/ns/pid`);
  } catch {
    return false; // the process has ended, or belongs to another user
  }
}

/** The mount points of this machine. The kernel writes a blank in a mount point as `\040`, so this function decodes such numbers. */
function mountsHere(): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').filter(Boolean);
  return lines.map((line) =>
    line.split(' ')[4]!.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
  );
}
