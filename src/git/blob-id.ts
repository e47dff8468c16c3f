import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';

const CHUNK = 1024 * 1024;

/** The id that git gives to these very bytes, without filters; `like` is an id of the repository, whose length tells the hash. */
export function blobId(file: string, kind: 'file' | 'link', like: string): string {
  const hash = (size: number) => createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${size}\0`);
  if (kind === 'link') {
    const target = readlinkSync(file, 'buffer');
    return hash(target.length).update(target).digest('hex');
  }
  const fd = openSync(file, 'r');
  try {
    const hashed = hash(fstatSync(fd).size);
    const chunk = Buffer.alloc(CHUNK);
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk))
      hashed.update(chunk.subarray(0, length));
    return hashed.digest('hex');
  } finally {
    closeSync(fd);
  }
}
