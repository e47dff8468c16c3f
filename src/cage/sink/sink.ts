import type { ChildProcess } from 'node:child_process';
import * as z from 'zod/mini';
import { anyTime, compiled, type Sources } from '../../core/compiled.ts';
import { start } from '../../core/exec.ts';
import { lastWords } from '../../core/text.ts';
import type { Room } from '../room.ts';

/** What a program in the room tried to reach: the address of a name, or a port of a host (its address where no name was asked for). */
export type Contact = z.infer<typeof contact>;

const contact = z.union([z.object({ dns: z.string() }), z.object({ tcp: z.number(), host: z.string() })]);
const line = z.union([contact, z.object({ ready: z.literal(true) }), z.object({ mark: z.literal(true) })]);

/** What stands for the network in a room (sink.c). */
export type Sink = {
  /** What was reached since the last call; undefined once the sink has ended, as by a program that ends all others. */
  contacts(): Promise<Contact[] | undefined>;
  close(): void;
};

const program: Sources = { name: 'sink', sources: ['src/cage/sink/sink.c'] };

/** Ports that programs reach a host by, on their own: git by ssh, HTTP, HTTPS. */
const ports = [22, 80, 443];

/** What a room shows at the place of `/etc/resolv.conf`, so that programs ask the sink. */
export const resolvConf = 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n';

/** Starts the sink in a room whose network is `loopback`. `delayMs`: after how long it answers. */
export async function openSink(
  room: Room,
  env: NodeJS.ProcessEnv,
  delayMs: number,
): Promise<Sink | { missing: string }> {
  const compiledFile = await compiled(program, env, anyTime);
  if (typeof compiledFile !== 'string') return compiledFile;
  const [file, ...args] = room.enter([compiledFile, String(delayMs), ...ports.map(String)], '/');
  const child = start(file, args, { cwd: '/', env: {}, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const lines = linesOf(child);
  const first = await lines.until('ready');
  if (first === undefined) return { missing: `the sink: ${lastWords(lines.said())}` };
  return {
    contacts() {
      child.stdin?.write('\n');
      return lines.until('mark');
    },
    close: () => child.kill('SIGKILL'),
  };
}

/** A line of the sink's; nothing where it is none: a program in the room can write into its output. */
function read(text: string): z.infer<typeof line>[] {
  try {
    const { data } = line.safeParse(JSON.parse(text));
    return data === undefined ? [] : [data];
  } catch {
    return [];
  }
}

/** Follows what the sink says. `until` gives the contacts up to a line of that kind; undefined if the sink ends before. */
function linesOf(child: ChildProcess) {
  let [rest, said] = ['', ''];
  let [isOpen, wake] = [true, () => {}];
  const lines: z.infer<typeof line>[] = [];
  child.stdin?.on('error', () => {}); // it has ended, as `close` tells
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  child.stdout?.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    lines.push(...parts.flatMap(read));
    wake();
  });
  const end = () => {
    isOpen = false;
    wake();
  };
  child.once('error', end).once('close', end);
  return {
    said: () => said,
    async until(kind: 'ready' | 'mark'): Promise<Contact[] | undefined> {
      for (;;) {
        const at = lines.findIndex((line) => kind in line);
        if (at >= 0) return lines.splice(0, at + 1).slice(0, -1) as Contact[];
        if (!isOpen) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
