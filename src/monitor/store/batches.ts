import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';
import type { Known } from './rollups.ts';

/** Of those that grow at one time: 200 things with three figures each, by the hour and by the day. */
const MOST_ROWS = 2000;

/**
 * Does batches, each all or nothing, and hands each what is known of the roll-ups, so that it need not read again what the one before wrote.
 * Nothing is known once anything else wrote to the database (another process, or this one for another reason), or once a batch failed.
 */
export function batchesOf(db: Database): <Result>(batch: (known: Known) => Result) => Result {
  const known: Known = new Map();
  let written = '';
  return (batch) => {
    try {
      return inTransaction(db, () => {
        if (known.size > MOST_ROWS || stateOf(db) !== written) known.clear();
        const result = batch(known);
        // still inside: what another process writes after this is not taken for ours
        written = stateOf(db);
        return result;
      });
    } catch (error) {
      known.clear();
      throw error;
    }
  };
}

/** Changes when another process has written, and when this one has. */
function stateOf(db: Database): string {
  const { others, own } = db.get('SELECT data_version AS others, total_changes() AS own FROM pragma_data_version')!;
  return `${others} ${own}`;
}
