import type { Database } from '../store/driver.ts';
import { type Reading, readingsOf, type Sample } from './readings.ts';
import type { Rule } from './rule.ts';
import { samplesIn } from './samples-in.ts';

/** The readings of a rule, and the samples from which they were computed. */
type Known = { samples: readonly Sample[]; readings: Reading[] };

/**
 * Returns a function that computes the readings of a rule and caches them. Rules with the same metric and window share their samples. The
 * samples are read again only after the database changed. Readings are computed again only if their samples changed or a sample left the
 * window. Therefore an idle service does almost no work.
 */
export function knownReadings(db: Database): (rule: Rule, now: number) => Reading[] {
  let version = '';
  const samples = new Map<string, readonly Sample[]>();
  const known = new Map<Rule, Known>();
  const samplesOf = (rule: Rule, now: number): readonly Sample[] => {
    const present = versionOf(db);
    if (present !== version) samples.clear();
    version = present;
    const key = `${rule.metric} ${rule.window}`;
    const read = samples.get(key) ?? samplesIn(db, rule, now);
    samples.set(key, read);
    return read;
  };
  return (rule, now) => {
    // samples of proved cases are not cached, because each evaluation gives them a new time
    if (rule.metric.startsWith('case.')) return readingsOf(rule, samplesIn(db, rule, now), now);
    const present = samplesOf(rule, now);
    const before = known.get(rule);
    // samples are sorted, the newest first
    if (before?.samples === present && (present.at(-1)?.t ?? now) > now - rule.window) return before.readings;
    const readings = readingsOf(rule, present, now);
    known.set(rule, { samples: present, readings });
    return readings;
  };
}

/** A text that changes with every write to the database. Writes of other connections count too. */
const versionOf = (db: Database): string =>
  `${db.get('SELECT total_changes() AS own')!.own} ${db.get('PRAGMA data_version')!.data_version}`;
