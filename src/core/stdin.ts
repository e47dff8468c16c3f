import { fstatSync, readSync } from 'node:fs';

/** The maximum number of bytes that are read. No client sends so many; the limit is for input that never ends. */
const MOST_BYTES = 64 * 1024 ** 2;
const CHUNK = 64 * 1024;

/**
 * The text on stdin. Reads stdin without a stream, because a stream takes longer to set up than the rest of a hook takes. The result is
 * empty for input over 64 MB. It is also empty for a terminal or another device, because no device is read.
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
