import { resolve } from 'node:path';

/**
 * The system calls of a program and its descendants. Paths are absolute. Addresses are `tcp 127.0.0.1:6379` or `unix /run/x`. `processes`:
 * the number of processes that the program started, without threads.
 */
export type Trace = { opened: Set<string>; started: Set<string>; processes: number };

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
/** The folder in which the relative path of a system call starts. `AT_FDCWD</home/me>` or `5</home/me>`. */
const at = '(?:AT_FDCWD|-?\\d+)<([^>]*)>';

type Reader = { call: RegExp; read: (found: RegExpExecArray, trace: Trace) => void };

/**
 * The system calls that have a separate rule for parsing. Any other system call that names a file is recorded only if the path is absolute
 * or the folder of the relative path is known.
 */
const readers: readonly Reader[] = [
  // shared memory is recorded, because no metric of a process includes its size
  { call: /^open\w*\(.*"\/dev\/shm\//, read: (_, { opened }) => opened.add('/dev/shm') },
  {
    call: /^(?:v?fork|clone3?)\((?!.*CLONE_THREAD).* = \d+$/,
    read: (_, trace) => {
      trace.processes += 1;
    },
  },
  // calls that create or remove a file are ignored, because a new file contains no earlier data
  { call: /^\w+\(.*\bO_CREAT\|O_EXCL\b|^(?:mkdir|unlink|rmdir|unlinkat|mkdirat)\(/, read: () => {} },
  {
    call: new RegExp(`^(?:execve|execveat)\\((?:${at}, )?${quoted}`),
    read: ([, folder = '/', path = ''], { started }) => started.add(resolve(folder, unquoted(path))),
  },
  {
    call: /^connect\(.*sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"/,
    read: ([, port, address], { opened }) => opened.add(`tcp ${address}:${port}`),
  },
  {
    call: new RegExp(`^connect\\(.*sun_path=(@?)${quoted}`),
    read: ([, abstract, path = ''], { opened }) => opened.add(`unix ${abstract}${unquoted(path)}`),
  },
  // strace shows an open file by its real path, with links resolved
  { call: /^open\w*\(.* = \d+<([^>]*)>/, read: ([, path = ''], { opened }) => opened.add(path) },
  {
    call: new RegExp(`^\\w+\\(${at}, ${quoted}`),
    read: ([, folder = '/', path = ''], { opened }) => opened.add(resolve(folder, unquoted(path))),
  },
  { call: /^\w+\("(\/(?:[^"\\]|\\.)*)"/, read: ([, path = ''], { opened }) => opened.add(unquoted(path)) },
];

/** Parses the output of `strace -f -y`. Failed system calls and lines that the parser does not understand are ignored. */
export function readTrace(text: string): Trace {
  const trace: Trace = { opened: new Set(), started: new Set(), processes: 0 };
  for (const line of wholeLines(text)) {
    if (/ = -1 E(?!INPROGRESS)[A-Z0-9]+ \(|^[+-]{3} /.test(line)) continue;
    for (const { call, read } of readers) {
      const found = call.exec(line);
      if (!found) continue;
      read(found, trace);
      break;
    }
  }
  return trace;
}

/**
 * Returns the system calls of a trace without their process ids. If another process interrupted the line of a call, the parts of the
 * line are joined again.
 */
export function wholeLines(text: string): string[] {
  const open = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const [, pid = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (call.endsWith(' <unfinished ...>')) {
      open.set(pid, call.slice(0, -' <unfinished ...>'.length));
      return [];
    }
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? [];
    return rest === undefined ? [call] : [(open.get(pid) ?? '') + rest];
  });
}

/** Decodes a path in the form that strace writes: with `\"`, `\\`, `\n`, and other bytes in octal. */
function unquoted(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\(?:([0-7]{1,3})|(.))/g, (_, octal, one) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : ({ n: '\n', t: '\t', r: '\r' }[one as string] ?? one),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
