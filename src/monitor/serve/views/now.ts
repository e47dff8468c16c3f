import { DAY, MINUTE } from '../../../core/time.ts';
import type { Kind } from '../../event.ts';
import type { Database, Row } from '../../store/driver.ts';
import { figuresIn } from '../../store/read.ts';
import { onlyTimed } from '../only-timed.ts';
import type { Seen } from './seen.ts';

/** The view shows the events of the last 15 minutes. A session counts as live if it had an event in this time. In ms. */
const LATELY = 15 * MINUTE;
/** At most this number of events are sent to the page. A screen shows fewer. */
const MOST_EVENTS = 1500;
const MOST_SESSIONS = 12;

/** A recent event. `t`: when the event ended, ms since 1970. */
export type Happened = {
  t: number;
  kind: Kind;
  name: string;
  plugin: string;
  duration_ms: number | null;
  ok: boolean | null;
  session: string | null;
};

/**
 * The present activity. The sessions, the events and the slowest events are from the last 15 minutes. The sums in `day` are from the last
 * 24 hours.
 */
export function now({ db, now: at }: Seen) {
  const since = at - LATELY;
  const events = eventsIn(db, since, 'e.t DESC', MOST_EVENTS);
  return {
    now: at,
    since,
    sessions: sessionsIn(db, since),
    events,
    slowest: eventsIn(db, since, 'e.duration_ms DESC', 60)
      .filter(({ kind, duration_ms }) => kind !== 'turn' && duration_ms !== null)
      .slice(0, 10),
    day: dayIn(db, at),
    /** Whether the store has at least one event. Counting all events would be slow. */
    holds: db.get('SELECT 1 AS one FROM event LIMIT 1') !== undefined,
  };
}

const COLUMNS = 'e.t, s.kind, s.name, s.plugin, e.duration_ms, e.ok, n.name AS session';

const eventsIn = (db: Database, since: number, order: 'e.t DESC' | 'e.duration_ms DESC', limit: number): Happened[] =>
  db
    .all(
      `SELECT ${COLUMNS} FROM event e JOIN series s ON s.id = e.series LEFT JOIN session n ON n.id = e.session
       WHERE e.t >= ? AND (e.duration_ms IS NOT NULL OR s.kind NOT IN (${onlyTimed.map(() => '?').join(', ')}))
       ORDER BY ${order} LIMIT ?`,
      ...[since, ...onlyTimed, limit],
    )
    .map(happened);

const happened = ({ ok, ...row }: Row) => ({ ...row, ok: ok === null ? null : ok === 1 }) as unknown as Happened;

/**
 * The sessions with events in the last 15 minutes, the newest first. `hook_ms`, `tool_ms` and `model_ms` are sums over these 15 minutes.
 */
function sessionsIn(db: Database, since: number) {
  const rows = db.all(
    `SELECT n.name AS session, n.project, n.first, n.last, count(e.id) AS events,
     sum(CASE WHEN s.kind = 'hook_event' THEN e.duration_ms ELSE 0 END) AS hook_ms,
     sum(CASE WHEN s.kind = 'tool' THEN e.duration_ms ELSE 0 END) AS tool_ms,
     sum(CASE WHEN s.kind = 'model' THEN e.duration_ms ELSE 0 END) AS model_ms,
     sum(CASE WHEN e.ok = 0 THEN 1 ELSE 0 END) AS failed
     FROM session n LEFT JOIN event e ON e.session = n.id AND e.t >= ? LEFT JOIN series s ON s.id = e.series
     WHERE n.last >= ? GROUP BY n.id ORDER BY n.last DESC LIMIT ?`,
    ...[since, since, MOST_SESSIONS],
  );
  return rows as unknown as {
    session: string;
    project: string | null;
    first: number;
    last: number;
    events: number;
    hook_ms: number | null;
    tool_ms: number | null;
    model_ms: number | null;
    failed: number;
  }[];
}

function dayIn(db: Database, at: number) {
  const figures = figuresIn(db, { since: at - DAY, until: at + 1 }, { kinds: ['turn', 'tool', 'hook_event', 'model'] });
  const sum = (kind: Kind, metric: string, what: 'n' | 'sum' | 'failed') =>
    figures.reduce((all, row) => all + (row.kind === kind && row.metric === metric ? row[what] : 0), 0);
  return {
    turns: sum('turn', 'duration_ms', 'n'),
    tools: sum('tool', 'duration_ms', 'n'),
    tools_failed: sum('tool', 'duration_ms', 'failed'),
    hook_ms: sum('hook_event', 'duration_ms', 'sum'),
    tool_ms: sum('tool', 'duration_ms', 'sum'),
    model_ms: sum('model', 'duration_ms', 'sum'),
    cost_usd: sum('model', 'cost_usd', 'sum'),
  };
}
