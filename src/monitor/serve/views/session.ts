import type { Kind } from '../../event.ts';
import type { Database, Row } from '../../store/driver.ts';
import type { Seen } from './seen.ts';

const MOST_SESSIONS = 60;
/** At most this number of activities of a session are sent, the newest ones. */
const MOST_PARTS = 4000;

/** An activity in a session. Times are ms since 1970. */
export type Part = { kind: Kind; name: string; plugin: string; start: number; end: number; ok: boolean | null };

/**
 * The newest sessions, and the activities of one session in order of their start. The query `?id=` selects this session; the default is the
 * newest session.
 */
export function session({ db, query }: Seen) {
  const sessions = db.all(
    'SELECT name AS session, project, first, last FROM session ORDER BY last DESC LIMIT ?',
    MOST_SESSIONS,
  ) as unknown as { session: string; project: string | null; first: number; last: number }[];
  const id = query.get('id') ?? sessions[0]?.session ?? null;
  const all = id === null ? [] : partsOf(db, id);
  const newest = all.slice(-MOST_PARTS);
  const parts = newest.filter(({ kind, start, end }) => kind !== 'turn' || end > start);
  const turns = parts.some(({ kind }) => kind === 'turn') ? [] : turnsBetween(newest);
  return { sessions, id, parts: [...turns, ...parts], left_out: all.length > MOST_PARTS };
}

/** The activities of a session that have a duration, and the prompts, which have no duration. */
function partsOf(db: Database, id: string): Part[] {
  const rows = db.all(
    `SELECT s.kind, s.name, s.plugin, e.t, e.duration_ms, e.ok FROM session n JOIN event e ON e.session = n.id
     JOIN series s ON s.id = e.series WHERE n.name = ? AND (e.duration_ms > 0 OR s.kind = 'turn' AND s.name = 'prompt')
     ORDER BY e.t DESC LIMIT ?`,
    ...[id, MOST_PARTS + 1],
  );
  return rows.map(partOf).sort((a, b) => a.start - b.start || b.end - a.end);
}

function partOf({ kind, name, plugin, t, duration_ms, ok }: Row): Part {
  const end = Number(t);
  return {
    kind: kind as Kind,
    name: String(name),
    plugin: String(plugin),
    start: end - Number(duration_ms ?? 0),
    end,
    ok: ok === null ? null : ok === 1,
  };
}

/**
 * Derives turns from prompts, because some telemetry has no duration of turns. A turn begins at a prompt and ends with the last activity
 * before the next prompt.
 */
function turnsBetween(parts: readonly Part[]): Part[] {
  const prompts = parts.filter(({ kind, start, end }) => kind === 'turn' && start === end);
  return prompts.flatMap(({ end: start }, i) => {
    const until = prompts[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    const end = parts.reduce(
      (last, part) => (part.start >= start && part.end < until ? Math.max(last, part.end) : last),
      0,
    );
    return end > start ? [{ kind: 'turn', name: 'turn', plugin: '', start, end, ok: null }] : [];
  });
}
