import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The records of a log file, one per line. 256 bytes of the file are in memory at a time. */
export async function* readRecords(file, parse) {
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 256 }) })) {
    if (line !== '') yield parse(line);
  }
}
