import { appendFileSync } from 'node:fs';
import { takeLock } from '../../src/core/lock.ts';

/** Takes the lock 25 times, as soon as it can, and writes when it took and when it released it. */
const [file, log] = process.argv.slice(2) as [string, string];
for (let turns = 0; turns < 25; ) {
  const lock = takeLock(file, `racer ${process.pid}`);
  if ('heldBy' in lock) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    continue;
  }
  appendFileSync(log, `in ${process.pid} ${turns}\n`);
  appendFileSync(log, `out ${process.pid} ${turns}\n`);
  lock.release();
  turns++;
}
