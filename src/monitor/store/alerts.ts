import type { Alert } from '../alerts/alert.ts';
import type { Happening } from '../alerts/evaluate.ts';
import { keyOf } from '../alerts/readings.ts';
import { type Silence, silenceSchema } from '../alerts/silence.ts';
import type { Database, Row } from './driver.ts';
import type { Span } from './read.ts';

/** Stores that alerts began, became critical or ended. `alerts`: all alerts that fire now. */
export function recordAlerts(
  db: Database,
  happened: readonly Happening[],
  alerts: readonly Alert[],
  now: number,
): void {
  for (const { happened: what, rule, labels, ending } of happened) {
    const key = keyOf(labels);
    if (what === 'resolved') {
      const open = db.all("SELECT id, data FROM alert WHERE rule = ? AND labels = ? AND state = 'firing'", rule, key);
      for (const { id, data } of open) {
        const ended = JSON.stringify({ ...(JSON.parse(String(data)) as Alert), ended: now, ending });
        db.run("UPDATE alert SET state = 'resolved', data = ? WHERE id = ?", ended, id!);
      }
      continue;
    }
    const alert = alerts.find((one) => one.rule === rule && keyOf(one.labels) === key && one.value !== null);
    if (!alert) continue;
    const data = JSON.stringify(alert);
    if (what === 'fired')
      db.run(
        "INSERT INTO alert (rule, labels, state, since, data) VALUES (?, ?, 'firing', ?, ?)",
        rule,
        key,
        alert.began,
        data,
      );
    else db.run("UPDATE alert SET data = ? WHERE rule = ? AND labels = ? AND state = 'firing'", data, rule, key);
  }
}

/** The alerts that fired at any time in a time span, in the order in which they began. */
export const alertsIn = (db: Database, { since, until }: Span): Alert[] =>
  db
    .all(
      "SELECT data FROM alert WHERE since < ? AND (state = 'firing' OR json_extract(data, '$.ended') >= ?) ORDER BY since",
      ...[until, since],
    )
    .map(({ data }) => JSON.parse(String(data)) as Alert);

/** The alerts that fire now, in the order in which they began. Alerts without a value are never stored, so they are missing here. */
export const firingIn = (db: Database): Alert[] =>
  db
    .all("SELECT data FROM alert WHERE state = 'firing' ORDER BY since")
    .map(({ data }) => JSON.parse(String(data)) as Alert);

/** The silences that have not expired. */
export const silencesIn = (db: Database, now: number): Silence[] =>
  db.all('SELECT id, matches, until, comment FROM silence WHERE until > ?', now).flatMap((row) => silenceFrom(row));

/**
 * Reads a silence from a row of the database. Returns a list with this one silence. For an invalid row, the list is empty, so that one
 * invalid row does not prevent the evaluation of all rules.
 */
function silenceFrom({ id, matches, until, comment }: Row): Silence[] {
  try {
    const silence = {
      id: String(id),
      ...(JSON.parse(String(matches)) as object),
      until: new Date(Number(until)).toISOString(),
      reason: String(comment),
    };
    return [silenceSchema.parse(silence)];
  } catch {
    return [];
  }
}

/** Stores a silence and returns it with its new id. @throws ZodError for an invalid silence */
export function addSilence(db: Database, silence: Omit<Silence, 'id'>): Silence {
  const { rule, labels, until, reason } = silenceSchema.omit({ id: true }).parse(silence);
  db.run(
    'INSERT INTO silence (matches, until, comment) VALUES (?, ?, ?)',
    JSON.stringify({ rule, labels }),
    Date.parse(until),
    reason,
  );
  const id = String(db.get('SELECT max(id) AS id FROM silence')!.id);
  return { id, rule, labels, until, reason };
}
