import { basename } from 'node:path';
import { wholeLines } from '../../experiment/audit/trace.ts';
import { type Shim, shimsIn } from './shims.ts';

/**
 * What a hook started and tried to reach. `execs`: programs that were started, its own shell among them; `programs`: how often each, by name;
 * `attempts`: connections by TCP, or what looked like one, also those that failed at once, by address and port;
 * `shims`: version managers that stand before programs.
 */
export type Trace = { execs: number; programs: Record<string, number>; attempts: string[]; shims: Shim[] };

/**
 * The command line that follows a program and all that it starts; it stops at the calls that are followed alone. strace stands aside (`-D`): as
 * the parent it would wait for what the program leaves behind.
 */
export const traced = (log: string, argv: readonly [string, ...string[]]): [string, ...string[]] => [
  'strace',
  ...['-D', '-f', '-qq', '--seccomp-bpf', '-s', '4096', '-e', 'trace=execve,execveat,connect', '-o', log, '--'],
  ...argv,
];

const aStart = /^execve(?:at)?\((?:[^"]*, )?"((?:[^"\\]|\\.)*)".* = 0$/;
const connected = /^connect\(.*sin6?_port=htons\((\d+)\).*(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"/;

/** Ports that no connection by TCP goes to: name servers are asked by UDP, and C libraries try addresses with port 0. */
const noConnections = new Set(['0', '53']);

/** Reads what strace wrote. */
export function readTrace(text: string): Trace {
  const programs = new Map<string, number>();
  const attempts: string[] = [];
  const started: string[] = [];
  for (const line of wholeLines(text)) {
    const [, program] = aStart.exec(line) ?? [];
    if (program !== undefined) started.push(program);
    const [, port = '0', address] = connected.exec(line) ?? [];
    if (!noConnections.has(port)) attempts.push(`${address}:${port}`);
  }
  for (const name of started.map((path) => basename(path))) programs.set(name, (programs.get(name) ?? 0) + 1);
  return { execs: started.length, programs: Object.fromEntries(programs), attempts, shims: shimsIn(started) };
}
