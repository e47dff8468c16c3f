import type { Case } from '../analytics/cases.ts';
import type { Database } from './driver.ts';
import { inTransaction } from './open.ts';

/** The cases that were kept, in the order in which they were opened. */
export const casesIn = (db: Database): Case[] =>
  db
    .all('SELECT data FROM "case" ORDER BY opened, id')
    .map(({ data }) => ({ ...ofOlder, ...(JSON.parse(String(data)) as Omit<Case, keyof typeof ofOlder>) }));

/** What cases that were kept earlier lack. */
const ofOlder = { files: null, left: null, returned: null };

/**
 * Reads the cases, and keeps those that `change` makes of them in their place: in one transaction, so that nothing that another process writes
 * meanwhile is lost. A case is about a subject, which several series may have: it is kept with 0.
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
