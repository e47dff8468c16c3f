import { resolve } from 'node:path';

/**
 * What a program and all that it started did, by their system calls. Paths are absolute; addresses are `tcp 127.0.0.1:6379` or `unix /run/x`.
 * `processes`: how many it began, without threads.
 */
export type Trace = { opened: Set<string>; started: Set<string>; processes: number };

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
/** Where a relative path begins: `AT_FDCWD</home/me>` or `5</home/me>`. */
const at = '(?:AT_FDCWD|-?\\d+)<([^>]*)>';

type Reader = { call: RegExp; read: (found: RegExpExecArray, trace: Trace) => void };

/** The calls that are told apart; every other that names a file only counts where its path is absolute or its folder is known. */
const readers: readonly Reader[] = [
  // kept in memory, where no figure of the process shows it
  { call: /^open\w*\(.*"\/dev\/shm\//, read: (_, { opened }) => opened.add('/dev/shm') },
  {
    call: /^(?:v?fork|clone3?)\((?!.*CLONE_THREAD).* = \d+$/,
    read: (_, trace) => {
      trace.processes += 1;
    },
  },
  // a file that the program makes for the first time holds nothing from before
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
  // an open file is shown by its real path, whatever links led there
  { call: /^open\w*\(.* = \d+<([^>]*)>/, read: ([, path = ''], { opened }) => opened.add(path) },
  {
    call: new RegExp(`^\\w+\\(${at}, ${quoted}`),
    read: ([, folder = '/', path = ''], { opened }) => opened.add(resolve(folder, unquoted(path))),
  },
  { call: /^\w+\("(\/(?:[^"\\]|\\.)*)"/, read: ([, path = ''], { opened }) => opened.add(unquoted(path)) },
];

/** Reads what `strace -f -y` wrote. Calls that failed count as not made, and what is not understood is passed over. */
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

/** The calls of a trace without their process; one that another process interrupted is put together again. */
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

/** A path as strace writes it: `\"`, `\\`, `\n`, and other bytes in octal. */
function unquoted(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\(?:([0-7]{1,3})|(.))/g, (_, octal, one) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : ({ n: '\n', t: '\t', r: '\r' }[one as string] ?? one),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
