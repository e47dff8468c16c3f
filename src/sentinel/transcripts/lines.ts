import { readChunks } from '../../core/user-file.ts';

/** Counts of the lines in a JSON-lines file: understood, broken (not JSON, or too long), and of another kind. */
export type Lines = { read: number; broken: number; foreign: number };

/** The largest size of a line that is read. The longest lines of a session contain tool results of a few MB. */
const LONGEST_LINE = 16 * 1024 ** 2;

/**
 * Calls `use` with each line of an untrusted file, as bytes without the line end. For a line that is too long, `use` gets null. Only one
 * line is in memory at a time. A line end after the last line is optional.
 * @throws an error whose message is the reason: the file is gone, or not a regular file
 */
export function readLines(file: string, use: (line: Buffer | null) => void): void {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    length += part.length;
    if (length <= LONGEST_LINE) parts.push(part);
    else parts = [];
  };
  const end = () => {
    if (length > LONGEST_LINE) use(null);
    else if (length > 0) use(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    parts = [];
    length = 0;
  };
  readChunks(file, (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, at));
      end();
      from = at + 1;
    }
    // The bytes are copied, because the chunk's memory is used again.
    if (from < chunk.length) add(Buffer.from(chunk.subarray(from)));
  });
  end();
}

const LF = 0x0a;

/**
 * Calls `use` with each value of a JSON-lines file. Lines that are not JSON are counted. `use` returns whether it could use the value.
 * @throws as `readLines`
 */
export function readJsonLines(file: string, use: (value: unknown) => boolean): Lines {
  const lines: Lines = { read: 0, broken: 0, foreign: 0 };
  readLines(file, (line) => {
    const value = line === null ? undefined : parsed(line);
    if (value === undefined) lines.broken++;
    else if (use(value)) lines.read++;
    else lines.foreign++;
  });
  return lines;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
