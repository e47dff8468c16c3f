import { Transform } from 'node:stream';

const LINE_FEED = 10;

/**
 * A stream that passes on each line of at most `limit` bytes as one chunk. Calls `tooLong` once for every longer line, and drops that line
 * without keeping it in memory.
 */
export function linesWithin(limit: number, tooLong: () => void): Transform {
  let parts: Buffer[] = [];
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf(LINE_FEED, from);
        const part = chunk.subarray(from, end < 0 ? chunk.length : end + 1);
        from += part.length;
        const was = size;
        size += part.length;
        if (size <= limit) parts.push(part);
        else if (was <= limit) {
          parts = [];
          tooLong();
        }
        if (end < 0) continue;
        if (size <= limit) this.push(Buffer.concat(parts));
        parts = [];
        size = 0;
      }
      done();
    },
  });
}
