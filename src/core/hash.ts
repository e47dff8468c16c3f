import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readChunks } from './user-file.ts';

/** SHA-256, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * SHA-256 of a file's bytes, in hex. Null for a file that does not exist. If the path cannot be read, for example because it is a FIFO, the
 * result is the text `unreadable: …`, which equals no hash.
 */
export function fileHash(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    return hashedFile(createHash('sha256'), file);
  } catch (error) {
    return `unreadable: ${(error as Error).message}`;
  }
}

/** Adds the bytes of a regular file to a hash, and returns the digest in hex. The file can have any length. */
export function hashedFile(hash: Hash, file: string): string {
  readChunks(file, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}
