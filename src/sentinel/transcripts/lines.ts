import { readChunks } from '../../core/user-file.ts';

/** What was in a file of JSON lines: those that were understood, those that were not JSON or were too long, and those of another kind. */
export type Lines = { read: number; broken: number; foreign: number };

/** A longer line is passed over: a session's longest lines hold a tool's result of a few MB. */
const LONGEST_LINE = 16 * 1024 ** 2;

/**
 * Gives the lines of a file that anybody may have written, one after the other, as bytes without their end; null stands for a line that is too long. Only
 * one line is held at a time. The last line needs no end.
 * @throws an error with the reason as its message: the file is gone, or no regular file
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
    // The chunk is used again for what follows.
    if (from < chunk.length) add(Buffer.from(chunk.subarray(from)));
  });
  end();
}

const LF = 0x0a;

/** Gives the values of a file of JSON lines; what is no JSON is counted. `use` says whether it understood the value. @throws the same */
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
