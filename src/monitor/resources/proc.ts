import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/** One process at one reading. Processor times are in ms, in steps of 10. */
export type Seen = {
  pid: number;
  parent: number;
  /** When the process started, in clock ticks since boot. The start distinguishes a process from a later process with the same pid. */
  start: string;
  own_cpu_ms: number;
  /** The processor time of the process and of all its descendants that have ended. */
  cpu_ms: number;
  rss_bytes: number;
};

/** The bytes that a process and its ended children read from the disk and wrote to the disk. */
export type Io = { read_bytes: number; write_bytes: number };

/** Linux reports processor time in hundredths of a second, regardless of the clock rate of the kernel. */
const MS_A_TICK = 10;

/** All processes that this user can see; empty on a system without /proc. */
export function processesSeen(pageBytes: number): Seen[] {
  return pids().flatMap((pid) => {
    const text = readOf(`/proc/${pid}/stat`);
    return text === undefined ? [] : [seenIn(pid, text, pageBytes)];
  });
}

export function pids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Reads one process from its `stat` file. The name of the program is skipped, because it may contain spaces and parentheses. */
function seenIn(pid: number, stat: string, pageBytes: number): Seen {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (from: number, to: number) => fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0);
  return {
    pid,
    parent: Number(fields[1]),
    start: fields[19] ?? '',
    own_cpu_ms: MS_A_TICK * ticks(11, 13),
    cpu_ms: MS_A_TICK * ticks(11, 15),
    rss_bytes: pageBytes * Number(fields[21]),
  };
}

/** The disk bytes of a process; undefined if the process has ended or belongs to another user. */
export function ioOf(pid: number): Io | undefined {
  const text = readOf(`/proc/${pid}/io`);
  const read = /^read_bytes: (\d+)$/m.exec(text ?? '');
  const written = /^write_bytes: (\d+)$/m.exec(text ?? '');
  return read && written ? { read_bytes: Number(read[1]), write_bytes: Number(written[1]) } : undefined;
}

/** The file of a process's program, and the program's arguments; undefined if the process has ended or belongs to another user. */
export function programOf(pid: number, uid: number): { file: string; words: () => readonly string[] } | undefined {
  try {
    const file = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''); // Linux adds this mark to the path of a deleted file
    if (statSync(`/proc/${pid}`).uid !== uid) return undefined;
    return { file, words: () => (readOf(`/proc/${pid}/cmdline`) ?? '').split('\0') };
  } catch {
    return undefined;
  }
}

/** The working folder of a process; undefined if it is not readable. */
export function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** The page size of this process in bytes; 4096 if it is not readable. */
export function bytesOfPage(): number {
  const [, kilobytes] = /^KernelPageSize: +(\d+) kB$/m.exec(readOf('/proc/self/smaps') ?? '') ?? [];
  return kilobytes === undefined ? 4096 : 1024 * Number(kilobytes);
}

export function readOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
