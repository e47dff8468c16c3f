import type { Case } from '../analytics/cases.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

/** The stored cases, the first opened case first. */
export const casesIn = (db: Database): Case[] =>
  db
    .all('SELECT data FROM "case" ORDER BY opened, id')
    .map(({ data }) => ({ ...ofOlder, ...(JSON.parse(String(data)) as Omit<Case, keyof typeof ofOlder>) }));

/** Default values of fields that are missing in cases of older versions of perf-gate. */
const ofOlder = { files: null, left: null, returned: null };

/**
 * Replaces the stored cases with the result of `change`. Reading and writing happen in one transaction, so that no write of another process
 * is lost. The column `series` is always 0, because a case can concern several series.
 */
export const changeCases = (db: Database, change: (kept: Case[]) => readonly Case[]): void =>
  inTransaction(db, () => {
    const cases = change(casesIn(db));
    db.run('DELETE FROM "case"');
    for (const one of cases)
      db.run(
        'INSERT INTO "case" (series, opened, closed, data) VALUES (0, ?, ?, ?)',
        Date.parse(one.opened),
        one.closed === null ? null : Date.parse(one.closed),
        JSON.stringify(one),
      );
  });
