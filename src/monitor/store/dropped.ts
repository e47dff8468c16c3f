import { DAY, midnight } from '../../core/time.ts';
import type { Database } from './driver.ts';

/** Tables whose oldest rows are dropped. */
export type Table = 'event' | 'rollup_hour' | 'rollup_day';

/**
 * Since when a table lacks nothing, in milliseconds since 1970; 0 where nothing was ever dropped. What is older is no longer known, so that it
 * can neither be told from what comes again nor be counted again.
 */
export const wholeSince = (db: Database, table: Table): number =>
  Number(db.get('SELECT before FROM dropped WHERE what = ?', table)?.before ?? 0);

/** Drops the rows before a time, and remembers up to which day there were any. For use in a transaction. Returns their number. */
export function drop(db: Database, table: Table, before: number): number {
  const newest = db.get(`SELECT max(t) AS t FROM ${table} WHERE t < ?`, before)!.t as number | null;
  if (newest === null) return 0;
  const rows = db.run(`DELETE FROM ${table} WHERE t < ?`, before);
  // not simply `before`: by a clock that is ahead, nothing could be kept until it is that time
  const end = Math.min(before, midnight(newest) + DAY);
  db.run(
    'INSERT INTO dropped (what, before) VALUES (?, ?) ON CONFLICT DO UPDATE SET before = max(before, excluded.before)',
    ...[table, end],
  );
  return rows;
}
