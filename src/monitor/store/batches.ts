import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';
import type { Known } from './rollups.ts';

/** The most cached rows: 200 series with three metrics each fit, by hour and by day. */
const MOST_ROWS = 2000;

/**
 * Runs batches, each in a transaction, and passes each a cache of the roll-ups, so that it need not read what the last batch wrote. The
 * cache is emptied if another process or other code wrote to the database, or if a batch failed.
 */
export function batchesOf(db: Database): <Result>(batch: (known: Known) => Result) => Result {
  const known: Known = new Map();
  let written = '';
  return (batch) => {
    try {
      return inTransaction(db, () => {
        if (known.size > MOST_ROWS || stateOf(db) !== written) known.clear();
        const result = batch(known);
        // still in the transaction: later writes of another process are not mistaken for this one's
        written = stateOf(db);
        return result;
      });
    } catch (error) {
      known.clear();
      throw error;
    }
  };
}

/** Changes when another process or this one has written. */
function stateOf(db: Database): string {
  const { others, own } = db.get('SELECT data_version AS others, total_changes() AS own FROM pragma_data_version')!;
  return `${others} ${own}`;
}
