import type { Profile } from '../model.ts';
import { linesOf, unreadable } from './input.ts';
import { listedCalls, type PythonPlace, placeOf } from './python-places.ts';

const columns = 'tottime  percall  cumtime  percall filename:lineno(function)';
const whole = /function calls .*in (\d+\.\d+) seconds/;
/** Calls, own seconds, per call, seconds with callees, per call, place. */
const row = /^\s*(\d+)(?:\/\d+)?\s+(\d+\.\d+)\s+\d+\.\d+\s+\d+\.\d+\s+\d+\.\d+ (.+)$/;

/**
 * Reads the table that `python3 -m cProfile app.py` and `pstats.print_stats()` print, the first in the file; what the program printed
 * before it is passed over. It names no callers, so that only own times are known, to the millisecond.
 * Format: Lib/pstats.py, `print_stats`
 * @throws profile_unreadable
 */
export function readPstatsText(bytes: Uint8Array, file: string): Profile {
  const listed: { place: PythonPlace; seconds: number; calls: number }[] = [];
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
    listed.push({ place: placeOf(place), seconds: Number(seconds), calls: Number(calls) });
  }
  if (listed.length === 0) throw unreadable(file, 'rows in the table of pstats', 'none');
  return listedCalls('pstats-text', listed, total);
}

/** Anywhere in the file, because what the program prints stands before it. */
export const looksLikePstatsText = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(columns);
