import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';
import type { Known } from './rollups.ts';

/**
 * If the cache has more than this number of rows, it is emptied before the next batch. The number is enough for 200 series with three
 * metrics. Each metric has one row for the hour and one row for the day.
 */
const MOST_ROWS = 2000;

/**
 * Executes each batch in a transaction. The batch receives a cache of roll-ups, which are figures per hour and day. A batch therefore need
 * not read figures that an earlier batch wrote. The cache is emptied if a batch failed, or if something other than a batch wrote to the
 * database.
 */
export function batchesOf(db: Database): <Result>(batch: (known: Known) => Result) => Result {
  const known: Known = new Map();
  let written = '';
  return (batch) => {
    try {
      return inTransaction(db, () => {
        if (known.size > MOST_ROWS || stateOf(db) !== written) known.clear();
        const result = batch(known);
        // `stateOf` is called before the commit, because another process can write after the commit. If it were called after the commit,
        // the writes of the other process would be mistaken for writes of this batch.
        written = stateOf(db);
        return result;
      });
    } catch (error) {
      known.clear();
      throw error;
    }
  };
}

/** A text that changes after each write to the database, by this process or by another. */
function stateOf(db: Database): string {
  const { others, own } = db.get('SELECT data_version AS others, total_changes() AS own FROM pragma_data_version')!;
  return `${others} ${own}`;
}
