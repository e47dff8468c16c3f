import type { Readable } from 'node:stream';

/** Of what a command of the user prints this much is kept: people read its end, and the transcript of an agent is not longer. */
const KEPT_BYTES = 16 * 1024 ** 2;

/** Reads a stream to its end, keeps the last 16 MB, and counts the rest: the text, once the stream has ended. */
export function keepEnd(stream: Readable | null): () => string {
  let kept: Buffer[] = [];
  let size = 0;
  let dropped = 0;
  const last = () => {
    const all = Buffer.concat(kept);
    return all.subarray(Math.max(0, all.length - KEPT_BYTES));
  };
  stream?.on('data', (chunk: Buffer) => {
    kept.push(chunk);
    size += chunk.length;
    if (size < 2 * KEPT_BYTES) return;
    kept = [last()];
    dropped += size - KEPT_BYTES;
    size = KEPT_BYTES;
  });
  return () => {
    const text = last();
    const left = dropped + size - text.length;
    return left > 0 ? `… (${left} bytes before this)\n${text.toString('utf8')}` : text.toString('utf8');
  };
}
