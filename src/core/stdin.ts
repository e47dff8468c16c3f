import { fstatSync, readSync } from 'node:fs';

/**
 * The maximum number of bytes that are read. No program sends a hook so many bytes, but the output of a program such as `yes` never ends.
 */
const MOST_BYTES = 64 * 1024 ** 2;
const CHUNK = 64 * 1024;

/**
 * The text on stdin. Reads stdin without a stream, because setting up a stream takes longer than all other work of a hook. The text is
 * empty if stdin has more than 64 MB, or if stdin is a terminal or another device.
 */
export function readStdin(): string {
  if (fstatSync(0).isCharacterDevice()) return '';
  const chunks: Buffer[] = [];
  for (let total = 0; total <= MOST_BYTES; ) {
    const chunk = Buffer.alloc(CHUNK);
    const length = readSync(0, chunk);
    if (length === 0) return Buffer.concat(chunks).toString('utf8');
    total += length;
    chunks.push(chunk.subarray(0, length));
  }
  return '';
}
