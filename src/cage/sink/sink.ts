import type { ChildProcess } from 'node:child_process';
import * as z from 'zod/mini';
import { anyTime, compiled, type Sources } from '../../core/compiled.ts';
import { start } from '../../core/exec.ts';
import { lastWords } from '../../core/text.ts';
import type { Room } from '../room.ts';

/** An attempt of a program in the room to resolve a host name or to connect to a port. `host` is an address if no name was resolved. */
export type Contact = z.infer<typeof contact>;

const contact = z.union([z.object({ dns: z.string() }), z.object({ tcp: z.number(), host: z.string() })]);
const line = z.union([contact, z.object({ ready: z.literal(true) }), z.object({ mark: z.literal(true) })]);

/** The process that imitates the network in a room (sink.c). */
export type Sink = {
  /**
   * The contacts of programs in the room since the last call of this function. Undefined if the sink has ended, for example because a
   * program killed it.
   */
  contacts(): Promise<Contact[] | undefined>;
  close(): void;
};

const program: Sources = { name: 'sink', sources: ['src/cage/sink/sink.c'] };

/** The ports on which the sink listens: ssh (git), HTTP, HTTPS. */
const ports = [22, 80, 443];

/** The content of `/etc/resolv.conf` in a room: programs send their DNS queries to the sink. */
export const resolvConf = 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n';

/** Starts the sink in a room whose network is `loopback`. `delayMs`: the delay of the sink's answers. */
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

/**
 * Parses a line of the sink's output. Returns an empty list for an invalid line, because a program in the room can also write to this
 * output.
 */
function read(text: string): z.infer<typeof line>[] {
  try {
    const { data } = line.safeParse(JSON.parse(text));
    return data === undefined ? [] : [data];
  } catch {
    return [];
  }
}

/**
 * Follows the sink's output. `until(kind)` waits for a line of this kind, such as `{"mark":true}`, and returns the contacts from the lines
 * before it. It returns undefined if the sink ends before such a line.
 */
function linesOf(child: ChildProcess) {
  let [rest, said] = ['', ''];
  let [isOpen, wake] = [true, () => {}];
  const lines: z.infer<typeof line>[] = [];
  child.stdin?.on('error', () => {}); // the sink has ended; `close` reports it
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
