import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { openWithoutWaiting } from './fs.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/**
 * The size limit in bytes for files that a person or an agent names. perf-gate makes several copies of the content in memory, and with a
 * longer file they would not fit.
 */
const MOST_BYTES = 2 * GB;

/**
 * Matches the path that a shell inserts for `<(command)`, or the path of stdin. A program writes to the pipe at such a path. For a FIFO at
 * any other path, there is possibly no such program, and reading it would then block.
 */
const ofShell = /^\/(dev|proc\/(self|\d+))\/(fd\/\d+|stdin)$/;

/**
 * The bytes of a file that a person or an agent names. Opens only a regular file or a pipe of the shell (see `ofShell`). Reading any other
 * FIFO could block for ever, and a device such as /dev/zero has no end. `most`: the largest number of bytes.
 * @throws an error whose message is the reason, or the system's own error
 */
export function readUserFile(file: string, most = MOST_BYTES): Buffer {
  const stat = statSync(file);
  const isPipe = stat.isFIFO() && ofShell.test(file);
  if (!stat.isFile() && !isPipe) throw new Error(`it is ${kindOf(stat)}, not a regular file`);
  if (stat.size > most) throw tooLong(most);
  const fd = isPipe ? openSync(file, 'r') : openWithoutWaiting(file);
  try {
    if (fstatSync(fd).isFIFO() !== isPipe) throw new Error('it was replaced while perf-gate opened it');
    return readAll(fd, stat.size, most);
  } finally {
    closeSync(fd);
  }
}

/** The text of a file that a person or an agent names. Opens the same kinds of files as `readUserFile`. */
export const readUserText = (file: string): string => readUserFile(file).toString('utf8');

/**
 * Passes the bytes of a regular file to `use`, chunk by chunk. All chunks share one buffer.
 * @throws an error whose message is the reason
 */
export function readChunks(file: string, use: (chunk: Buffer) => void): void {
  const fd = openWithoutWaiting(file);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Error(`it is ${kindOf(stat)}, not a regular file`);
    const chunk = Buffer.alloc(1024 ** 2);
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) use(chunk.subarray(0, length));
  } finally {
    closeSync(fd);
  }
}

/** Reads to the end of the file. `expected` is only a first guess of the length: files below /proc have size 0, and a file can grow. */
function readAll(fd: number, expected: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const chunk = Buffer.alloc(Math.max(64 * 1024, expected - total + 1));
    const length = readSync(fd, chunk);
    if (length === 0) return Buffer.concat(chunks);
    total += length;
    if (total > most) throw tooLong(most);
    chunks.push(chunk.subarray(0, length));
  }
}

const tooLong = (most: number) =>
  new Error(`it is longer than ${most < GB ? `${most / MB} MB` : `${most / GB} GB`}, or has no end`);

function kindOf(stat: ReturnType<typeof statSync>): string {
  if (stat!.isDirectory()) return 'a folder';
  if (stat!.isFIFO()) return 'a FIFO';
  if (stat!.isSocket()) return 'a socket';
  return 'a device';
}
