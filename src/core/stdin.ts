import { fstatSync, readSync } from 'node:fs';

/** More than any client sends; a limit for input without an end. */
const MOST_BYTES = 64 * 1024 ** 2;
const CHUNK = 64 * 1024;

/**
 * The text on stdin. Uses no stream, which would take longer to set up than all the rest. Empty for a terminal or another device, which is
 * not read, and for input over 64 MB.
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
