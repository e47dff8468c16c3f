import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** SHA-256, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 of a file's bytes, in hex; null for a file that does not exist. */
export function fileHash(file: string): string | null {
  return existsSync(file) ? sha256(readFileSync(file)) : null;
}
