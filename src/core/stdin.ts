import { fstatSync, readSync } from 'node:fs';

/** No client sends more; who sends without end is not read to the end. */
const MOST_BYTES = 64 * 1024 ** 2;
const CHUNK = 64 * 1024;

/**
 * What stdin holds, without a stream, which takes longer to set up than all the rest. Empty for a terminal or another device, which is not
 * waited for, and for what is too long.
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
