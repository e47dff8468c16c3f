import { basename } from 'node:path';
import { wholeLines } from '../../experiment/audit/trace.ts';
import { type Shim, shimsIn } from './shims.ts';

/**
 * The programs and connections of one execution of a hook. `execs`: the number of programs started, the hook's own shell included.
 * `programs`: how often each program was started, by name. `attempts`: attempted TCP connections, failed ones included, by address and
 * port. `shims`: version managers' shims that ran.
 */
export type Trace = { execs: number; programs: Record<string, number>; attempts: string[]; shims: Shim[] };

/**
 * The command line that traces a program and all processes that it starts. strace stops the program only at the traced system calls. With
 * `-D`, strace is not the program's parent. As the parent, strace would wait for processes that the program leaves behind.
 */
export const traced = (log: string, argv: readonly [string, ...string[]]): [string, ...string[]] => [
  'strace',
  ...['-D', '-f', '-qq', '--seccomp-bpf', '-s', '4096', '-e', 'trace=execve,execveat,connect', '-o', log, '--'],
  ...argv,
];

const aStart = /^execve(?:at)?\((?:[^"]*, )?"((?:[^"\\]|\\.)*)".* = 0$/;
const connected = /^connect\(.*sin6?_port=htons\((\d+)\).*(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"/;

/**
 * Connections to these ports are not counted. Programs ask name servers by UDP at port 53, and C libraries use port 0 to probe addresses.
 */
const noConnections = new Set(['0', '53']);

/** Reads strace's output. */
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
