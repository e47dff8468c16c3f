import type { Kind } from '../../event.ts';
import type { Database } from '../../store/driver.ts';
import type { Seen } from './seen.ts';

const MOST_SESSIONS = 50;
/** More than one picture can show; the newest are taken. */
const MOST_SPANS = 4000;

/** A part of a session that took time. `start`, `end`: ms since 1970. */
export type Part = { kind: Kind; name: string; plugin: string; start: number; end: number; ok: boolean | null };

/** The newest sessions, and of one of them (`?id=`, else the newest) all that took time, by its beginning. */
export function session({ db, query }: Seen) {
  const sessions = db.all(
    'SELECT name AS session, project, first, last FROM session ORDER BY last DESC LIMIT ?',
    MOST_SESSIONS,
  ) as unknown as { session: string; project: string | null; first: number; last: number }[];
  const id = query.get('id') ?? sessions[0]?.session ?? null;
  const parts = id === null ? [] : partsOf(db, id);
  return { sessions, id, parts: parts.slice(-MOST_SPANS), left_out: Math.max(0, parts.length - MOST_SPANS) };
}

function partsOf(db: Database, id: string): Part[] {
  const rows = db.all(
    `SELECT s.kind, s.name, s.plugin, e.t, e.duration_ms, e.ok FROM session n JOIN event e ON e.session = n.id
     JOIN series s ON s.id = e.series WHERE n.name = ? AND (e.duration_ms > 0 OR s.name = 'prompt') ORDER BY e.t DESC LIMIT ?`,
    ...[id, MOST_SPANS + 1],
  );
  return rows
    .map(({ kind, name, plugin, t, duration_ms, ok }) => ({
      kind: kind as Kind,
      name: String(name),
      plugin: String(plugin),
      start: Number(t) - Number(duration_ms ?? 0),
      end: Number(t),
      ok: ok === null ? null : ok === 1,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
