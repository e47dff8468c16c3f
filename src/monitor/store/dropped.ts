import { DAY, midnight } from '../../core/time.ts';
import type { Database } from './driver.ts';

/** The tables whose oldest rows are deleted. */
export type Table = 'event' | 'rollup_hour' | 'rollup_day';

/**
 * The time from which a table is complete, in ms since 1970; 0 if no rows were ever deleted. Rows before this time are missing, so older
 * events could be neither recognised as duplicates nor counted again.
 */
export const wholeSince = (db: Database, table: Table): number =>
  Number(db.get('SELECT before FROM dropped WHERE what = ?', table)?.before ?? 0);

/**
 * Deletes the rows before a time, and stores the day up to which rows were deleted. Must be called in a transaction. Returns the number of
 * deleted rows.
 */
export function drop(db: Database, table: Table, before: number): number {
  const newest = db.get(`SELECT max(t) AS t FROM ${table} WHERE t < ?`, before)!.t as number | null;
  if (newest === null) return 0;
  const rows = db.run(`DELETE FROM ${table} WHERE t < ?`, before);
  // at most the end of the newest row's day: if the clock was wrong, a `before` in the future would reject all new events
  const end = Math.min(before, midnight(newest) + DAY);
  db.run(
    'INSERT INTO dropped (what, before) VALUES (?, ?) ON CONFLICT DO UPDATE SET before = max(before, excluded.before)',
    ...[table, end],
  );
  return rows;
}
