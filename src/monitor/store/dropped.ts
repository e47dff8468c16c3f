import { DAY, midnight } from '../../core/time.ts';
import type { Database } from './driver.ts';

/** The tables from which old rows are deleted. */
export type Table = 'event' | 'rollup_hour' | 'rollup_day';

/**
 * The time, in ms since 1970, from which all rows of a table still exist; 0 if no rows were ever deleted. Earlier rows are missing, so
 * earlier events cannot be recognised as duplicates, and earlier figures cannot be recomputed.
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
  // If the clock is wrong, `before` may be in the future. If such a time were stored, all new events would be rejected. Therefore at most
  // the end of the newest deleted day is stored.
  const end = Math.min(before, midnight(newest) + DAY);
  db.run(
    'INSERT INTO dropped (what, before) VALUES (?, ?) ON CONFLICT DO UPDATE SET before = max(before, excluded.before)',
    ...[table, end],
  );
  return rows;
}
