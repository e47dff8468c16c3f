import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The records of a log file, one for each line; never more than a piece of it is held. */
export async function* readRecords(file, parse) {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line !== '') yield parse(line);
  }
}
