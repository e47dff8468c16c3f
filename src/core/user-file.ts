import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { openWithoutWaiting } from './fs.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** No file that a person or an agent names is longer: more would not fit into memory a few times over. */
const MOST_BYTES = 2 * GB;

/** What a shell gives for `<(command)`: a pipe that somebody writes to, unlike a FIFO in a folder, where perhaps nobody does. */
const ofShell = /^\/(dev|proc\/(self|\d+))\/(fd\/\d+|stdin)$/;

/**
 * The bytes of a file whose name comes from outside. Only a regular file is opened, or a pipe that the shell made: a FIFO would wait for ever,
 * and a device may never end. `most`: bytes.
 * @throws an error with the reason as its message, or the system's own
 */
export function readUserFile(file: string, most = MOST_BYTES): Buffer {
  const stat = statSync(file);
  const isPipe = stat.isFIFO() && ofShell.test(file);
  if (!stat.isFile() && !isPipe) throw new Error(`it is ${kindOf(stat)}, not a regular file`);
  if (stat.size > most) throw tooLong(most);
  const fd = isPipe ? openSync(file, 'r') : openWithoutWaiting(file);
  try {
    if (fstatSync(fd).isFIFO() !== isPipe) throw new Error('it was exchanged while it was opened');
    return readAll(fd, stat.size, most);
  } finally {
    closeSync(fd);
  }
}

/** The same as text. */
export const readUserText = (file: string): string => readUserFile(file).toString('utf8');

/** Gives the bytes of a regular file, chunk by chunk. The chunk is used again. @throws the same */
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

/** Reads to the end. Files below /proc say that they are empty, and a file may grow. */
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
