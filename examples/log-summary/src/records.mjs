import { readFileSync } from 'node:fs';

/** The records of a log file, one per line. */
export function readRecords(file, parse) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(parse);
}
