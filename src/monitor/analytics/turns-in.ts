import type { Database, Row } from '../store/driver.ts';
import type { Span as TimeSpan } from '../store/read.ts';
import type { Span, SpanKind, Turn } from './turn.ts';

/**
 * The kinds of events that become spans, each with the kind of its spans. Only some sources report single hooks. If a turn has events of
 * single hooks, its events of the kind `hook_event` are left out.
 */
const spanKinds: Readonly<Record<string, SpanKind>> = {
  model: 'model',
  tool: 'tool',
  permission: 'permission',
  hook: 'hook',
  hook_event: 'hook',
};

/** At most this number of turns are analysed, the newest ones. More turns would not noticeably change the result. */
const mostTurns = 2000;

/** The turns that ended in a time span, with their activities. Deleted events are missing from the result. */
export function turnsIn(db: Database, { since, until }: TimeSpan): Turn[] {
  const turns = db.all(
    `SELECT e.t, e.duration_ms, e.session FROM event e JOIN series s ON s.id = e.series
     WHERE s.kind = 'turn' AND s.name = 'turn' AND e.t >= ? AND e.t < ? AND e.duration_ms > 0 AND e.session IS NOT NULL
     ORDER BY e.t DESC LIMIT ${mostTurns}`,
    ...[since, until],
  );
  return turns.map(({ t, duration_ms, session }) => {
    const [start, end] = [Number(t) - Number(duration_ms), Number(t)];
    const rows = db.all(
      `SELECT s.kind, s.name, s.plugin, e.t, e.duration_ms FROM event e JOIN series s ON s.id = e.series
       WHERE e.session = ? AND e.t > ? AND e.t <= ? AND e.duration_ms > 0`,
      ...[Number(session), start, end],
    );
    const hasHooks = rows.some(({ kind }) => kind === 'hook');
    const used = rows.filter(
      ({ kind }) => Object.hasOwn(spanKinds, String(kind)) && !(hasHooks && kind === 'hook_event'),
    );
    return { start, end, spans: sideBySide(used.map(spanOf)) };
  });
}

function spanOf({ kind, name, plugin, t, duration_ms }: Row): Span {
  const end = Number(t);
  return {
    kind: spanKinds[String(kind)]!,
    name: String(name),
    plugin: String(plugin) || null,
    start: end - Number(duration_ms),
    end,
    call: null,
  };
}

/**
 * Gives each overlapping tool call an id of its own. Overlapping calls were requested together and did not wait for each other. The hooks
 * of overlapping calls cannot be assigned to single calls, so each call is treated as if it had waited for all hooks before it.
 */
export const sideBySide = (spans: readonly Span[]): Span[] =>
  spans.map((span, i) => {
    const overlaps = (other: Span) =>
      other !== span && other.kind === 'tool' && other.start < span.end && span.start < other.end;
    return span.kind === 'tool' && spans.some(overlaps) ? { ...span, call: `call ${i}` } : span;
  });
