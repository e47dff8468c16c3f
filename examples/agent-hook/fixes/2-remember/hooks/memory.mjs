import { createHash } from 'node:crypto';
import { openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The stored result for the same input and the same file. Its key is the hash of both, so that an outdated decision is never used. */
export function remembered(input, file, compute) {
  const kept = join(tmpdir(), `guard-${hashOf(JSON.stringify(input), file)}`);
  try {
    return JSON.parse(readFileSync(kept, 'utf8'));
  } catch {
    const result = compute();
    writeFileSync(kept, JSON.stringify(result));
    return result;
  }
}

function hashOf(text, file) {
  const hash = createHash('sha256').update(text);
  const piece = Buffer.alloc(1 << 16);
  const from = openSync(file);
  for (let read = readSync(from, piece); read > 0; read = readSync(from, piece)) hash.update(piece.subarray(0, read));
  return hash.digest('hex');
}
