import { DAY } from '../../core/time.ts';
import { type Figured, figuresOf, type Kind } from '../event.ts';
import { unpacked } from '../store/attributes.ts';
import { casesIn } from '../store/cases.ts';
import type { Cell, Database, Row } from '../store/driver.ts';
import type { Sample } from './readings.ts';
import { type Labels, MOST_LABEL, type Rule } from './rule.ts';

/** One evaluation of a rule reads at most this number of events, the newest ones. */
const mostEvents = 50_000;

/** The values that a rule watches, in the time window that ends at `now`. Samples of one series and project share one labels object. */
export function samplesIn(db: Database, { metric, window }: Pick<Rule, 'metric' | 'window'>, now: number): Sample[] {
  const [kind = '', figure = ''] = metric.split('.');
  if (kind === 'case') return figure === 'proved_pct' ? provedIn(db, now) : [];
  // durations have a column of their own, so a rule that watches durations need not decompress the attributes
  const timed = figure === 'duration_ms';
  const rows = db.all(
    `SELECT e.t, e.duration_ms, e.ok, ${timed ? 'NULL AS attributes' : 'e.attributes'}, e.series, session.project
     FROM event e JOIN series s ON s.id = e.series LEFT JOIN session ON session.id = e.session
     WHERE s.kind = ? AND e.t > ? AND e.t <= ? ORDER BY e.t DESC LIMIT ${mostEvents}`,
    ...[kind, now - window, now],
  );
  const labelled = labelsIn(db, kind);
  return rows.flatMap((row): Sample[] => {
    const t = Number(row.t);
    const ok = row.ok === null ? null : row.ok === 1;
    const duration_ms = row.duration_ms === null ? null : Number(row.duration_ms);
    const value = timed
      ? duration_ms
      : figureIn({ t, kind: kind as Kind, duration_ms, ok, attributes: unpacked(row.attributes!) }, figure);
    return value === null ? [] : [{ t, value, ok, labels: labelled(Number(row.series), row.project!) }];
  });
}

const figureIn = (event: Figured, figure: string): number | null =>
  figuresOf(event).find(([name]) => name === figure)?.[1] ?? null;

/** Returns a function that computes the labels of an event from its series and its project. All events must be of the same kind. */
function labelsIn(db: Database, kind: string): (series: number, project: Cell) => Labels {
  const all = db.all('SELECT id, name, plugin, handler_hash FROM series WHERE kind = ?', kind);
  const series = new Map(all.map((row) => [Number(row.id), row]));
  const known = new Map<string, Labels>();
  return (id, project) => {
    const key = `${id} ${project}`;
    const labels = known.get(key) ?? labelsOf(kind, series.get(id)!, project);
    known.set(key, labels);
    return labels;
  };
}

const labelsOf = (kind: string, { name, plugin, handler_hash }: Row, project: Cell): Labels => ({
  kind,
  name: label(name),
  plugin: label(plugin),
  handler: label(handler_hash),
  project: label(project ?? ''),
});

/**
 * The slowdowns of proved cases, in per cent, as samples with the time `now`. Cases whose level fell back to the old level are left out.
 */
const provedIn = (db: Database, now: number): Sample[] =>
  casesIn(db).flatMap(({ state, closed, returned, proof, metric, handler, plugin }) =>
    state === 'proved' && proof && closed !== null && returned === null && now - Date.parse(closed) <= STANDS_MS
      ? [
          {
            t: now,
            value: proof.estimate_pct,
            ok: null,
            labels: { kind: metric.split('.')[0]!, name: label(handler ?? metric), plugin: label(plugin ?? '') },
          },
        ]
      : [],
  );

/** How long a proved slowdown raises an alert, in ms. After this time, the slower level counts as normal. */
const STANDS_MS = 30 * DAY;

const label = (value: unknown) => String(value).slice(0, MOST_LABEL);
