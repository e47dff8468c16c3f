import type { Kind } from '../event.ts';
import { unpacked } from './attributes.ts';
import type { Database } from './driver.ts';
import type { Span } from './read.ts';

/** One stored event with its attributes. */
export type Stored = {
  t: number;
  name: string;
  duration_ms: number | null;
  ok: boolean | null;
  session: string | null;
  attributes: Record<string, unknown>;
};

/** The newest events of a kind in a time span, at most `limit`. The oldest of them comes first. */
export const newestIn = (db: Database, { since, until }: Span, kind: Kind, limit: number): Stored[] =>
  db
    .all(
      `SELECT e.t, s.name, e.duration_ms, e.ok, n.name AS session, e.attributes FROM event e JOIN series s ON s.id = e.series
       LEFT JOIN session n ON n.id = e.session WHERE s.kind = ? AND e.t >= ? AND e.t < ? ORDER BY e.t DESC LIMIT ?`,
      ...[kind, since, until, limit],
    )
    .map(({ attributes, ok, ...row }) => ({
      ...(row as unknown as Stored),
      ok: ok === null ? null : ok === 1,
      attributes: unpacked(attributes!),
    }))
    .reverse();
