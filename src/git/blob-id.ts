import { createHash } from 'node:crypto';
import { readlinkSync, statSync } from 'node:fs';
import { hashedFile } from '../core/hash.ts';

/**
 * The id that git gives to exactly these bytes, without filters. `like`: any id of the repository. Its length shows whether the repository
 * uses SHA-1 or SHA-256.
 */
export function blobId(file: string, kind: 'file' | 'link', like: string): string {
  const hash = (size: number) => createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${size}\0`);
  if (kind === 'file') return hashedFile(hash(statSync(file).size), file);
  const target = readlinkSync(file, 'buffer');
  return hash(target.length).update(target).digest('hex');
}
