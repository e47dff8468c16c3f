import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readChunks } from './user-file.ts';

/** SHA-256, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * SHA-256 of a file's bytes, in hex; null for a file that does not exist. What cannot be read, such as a FIFO in its place, has a hash that is
 * none of any file's bytes.
 */
export function fileHash(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    return hashedFile(createHash('sha256'), file);
  } catch (error) {
    return `unreadable: ${(error as Error).message}`;
  }
}

/** Ends a hash with the bytes of a regular file, however long it is. */
export function hashedFile(hash: Hash, file: string): string {
  readChunks(file, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}
