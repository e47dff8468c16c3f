import type { Profile } from '../model.ts';
import { linesOf, unreadable } from '../parsing/input.ts';
import { type ListedFunction, profileWithoutCallers, pythonFunction } from '../parsing/python-functions.ts';

const columns = 'tottime  percall  cumtime  percall filename:lineno(function)';
const whole = /function calls .*in (\d+\.\d+) seconds/;
/**
 * Matches a row of the table: calls, own seconds, own seconds per call, seconds with callees, these seconds per call, and the function's
 * location.
 */
const row = /^\s*(\d+)(?:\/\d+)?\s+(\d+\.\d+)\s+\d+\.\d+\s+\d+\.\d+\s+\d+\.\d+ (.+)$/;

/**
 * Reads the first table in a file that `python3 -m cProfile app.py` or `pstats.print_stats()` printed, and skips the program's own output
 * before the table. The table does not contain callers, so only own times are known. Times are precise to the millisecond. Format:
 * Lib/pstats.py, `print_stats`
 * @throws profile_unreadable
 */
export function readPstatsText(bytes: Uint8Array, file: string): Profile {
  const listed: ListedFunction[] = [];
  let total = 0;
  let inTable = false;
  for (const line of linesOf(bytes)) {
    if (!inTable) {
      total = Number(whole.exec(line)?.[1] ?? total);
      inTable = line.includes(columns);
      continue;
    }
    const [, calls, seconds, place] = row.exec(line) ?? [];
    if (place === undefined) break;
    listed.push({ place: pythonFunction(place), seconds: Number(seconds), calls: Number(calls) });
  }
  if (listed.length === 0) throw unreadable(file, 'rows in the table of pstats', 'none');
  return profileWithoutCallers('pstats-text', listed, total);
}

/** Searches the whole file for the table, because the program's own output comes before the table. */
export const looksLikePstatsText = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(columns);
