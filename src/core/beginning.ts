import { closeSync, openSync, readSync } from 'node:fs';

/** The first bytes of a file, or the whole file if it is shorter. */
export function beginningOf(file: string, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  const fd = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(fd, buffer));
  } finally {
    closeSync(fd);
  }
}
