import { DAY } from '../../core/time.ts';
import { figuresOf, type Kind } from '../event.ts';
import { unpacked } from '../store/attributes.ts';
import { casesIn } from '../store/cases.ts';
import type { Database } from '../store/driver.ts';
import type { Sample } from './readings.ts';
import { MOST_LABEL, type Rule } from './rule.ts';

/** Events that one look at one rule reads at most, the newest. */
const mostEvents = 50_000;

/** The values that a rule watches, in its window up to `now`. */
export function samplesIn(db: Database, { metric, window }: Rule, now: number): Sample[] {
  const [kind = '', figure] = metric.split('.');
  if (kind === 'case') return figure === 'proved_pct' ? provedIn(db, now) : [];
  const rows = db.all(
    `SELECT e.t, e.duration_ms, e.ok, e.attributes, s.name, s.plugin, s.handler_hash, session.project
     FROM event e JOIN series s ON s.id = e.series LEFT JOIN session ON session.id = e.session
     WHERE s.kind = ? AND e.t > ? AND e.t <= ? ORDER BY e.t DESC LIMIT ${mostEvents}`,
    ...[kind, now - window, now],
  );
  return rows.flatMap((row): Sample[] => {
    const t = Number(row.t);
    const ok = row.ok === null ? null : row.ok === 1;
    const duration_ms = row.duration_ms === null ? null : Number(row.duration_ms);
    const figures = figuresOf({ t, kind: kind as Kind, duration_ms, ok, attributes: unpacked(row.attributes!) });
    const found = figures.find(([name]) => name === figure);
    if (!found) return [];
    const labels = {
      kind,
      name: label(row.name),
      plugin: label(row.plugin),
      handler: label(row.handler_hash),
      project: label(row.project ?? ''),
    };
    return [{ t, value: found[1], ok, labels }];
  });
}

/** What was proved to be slower and still is, by how many per cent: as if it were proved now. */
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

/** For so long a proof stands: after that the new level is the usual one, from which the next change counts. */
const STANDS_MS = 30 * DAY;

const label = (value: unknown) => String(value).slice(0, MOST_LABEL);
