import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';
import type { Known } from './rollups.ts';

/** The highest number of cached rows. The cache has room for the hours and days of 200 series with three metrics each. */
const MOST_ROWS = 2000;

/**
 * Runs each batch in a transaction, and passes it a cache of the roll-ups (figures per hour and day). A batch therefore need not read the
 * figures that the previous batch wrote. The cache is emptied if another process or other code wrote to the database, or if a batch failed.
 */
export function batchesOf(db: Database): <Result>(batch: (known: Known) => Result) => Result {
  const known: Known = new Map();
  let written = '';
  return (batch) => {
    try {
      return inTransaction(db, () => {
        if (known.size > MOST_ROWS || stateOf(db) !== written) known.clear();
        const result = batch(known);
        // read within the transaction, so that later writes of another process are not mistaken for writes of this batch
        written = stateOf(db);
        return result;
      });
    } catch (error) {
      known.clear();
      throw error;
    }
  };
}

/** A text that changes whenever this process or another process has written to the database. */
function stateOf(db: Database): string {
  const { others, own } = db.get('SELECT data_version AS others, total_changes() AS own FROM pragma_data_version')!;
  return `${others} ${own}`;
}
