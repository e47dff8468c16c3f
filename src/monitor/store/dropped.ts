import { DAY, midnight } from '../../core/time.ts';
import type { Database } from './driver.ts';

/** The tables from which old rows are deleted. */
export type Table = 'event' | 'rollup_hour' | 'rollup_day';

/**
 * All rows at or after this time are still in the table, in ms since 1970; 0 if no rows were ever deleted. Older events cannot be
 * recognised as duplicates, and older figures cannot be recomputed, because rows are missing.
 */
export const wholeSince = (db: Database, table: Table): number =>
  Number(db.get('SELECT before FROM dropped WHERE what = ?', table)?.before ?? 0);

/**
 * Deletes the rows before the time `before`, and stores the end of the deleted period in the table `dropped`. Must be called in a
 * transaction. Returns the number of deleted rows.
 */
export function drop(db: Database, table: Table, before: number): number {
  const newest = db.get(`SELECT max(t) AS t FROM ${table} WHERE t < ?`, before)!.t as number | null;
  if (newest === null) return 0;
  const rows = db.run(`DELETE FROM ${table} WHERE t < ?`, before);
  // at most the end of the newest deleted day: a wrong clock can lead to a future `before`, which would reject all new events
  const end = Math.min(before, midnight(newest) + DAY);
  db.run(
    'INSERT INTO dropped (what, before) VALUES (?, ?) ON CONFLICT DO UPDATE SET before = max(before, excluded.before)',
    ...[table, end],
  );
  return rows;
}
