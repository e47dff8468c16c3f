import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The records of a log file, one per line. Only a piece of the file is in memory at a time. */
export async function* readRecords(file, parse) {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line !== '') yield parse(line);
  }
}
