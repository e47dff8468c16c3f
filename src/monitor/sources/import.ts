import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf, type Place } from '../../sentinel/discover/settings.ts';
import { findTranscripts, subagentsOf } from '../../sentinel/transcripts/find.ts';
import type { MonitorEvent } from '../event.ts';
import type { Database } from '../store/driver.ts';
import type { Added } from '../store/write.ts';
import { eventsOfDebugLog } from './debug-log.ts';
import { eventsOfTranscript } from './transcript.ts';

/** What an import did. `foreign_lines`: those of transcripts that were no records; `unreadable`: files, with their reasons. */
export type Imported = Added & { files: number; foreign_lines: number; unreadable: { file: string; reason: string }[] };

/** What is read: `transcripts` of all sessions, and `debug_logs`, which the client writes with `--debug`. */
export type ImportSources = { transcripts: boolean; debug_logs: boolean };

type Importing = {
  place: Place;
  db: Database;
  /** Files that changed before, in ms since 1970, are passed over. */
  since: number;
  add: (events: readonly MonitorEvent[]) => Added;
};

/** Reads what the client has written down of sessions. What is known already, or better, stays. */
export function importSessions(from: ImportSources, { place, db, since, add }: Importing): Imported {
  const sum: Imported = { files: 0, added: 0, improved: 0, known: 0, too_old: 0, foreign_lines: 0, unreadable: [] };
  const tried = <Read>(file: string, read: () => Read): Read | undefined => {
    try {
      return read();
    } catch (error) {
      sum.unreadable.push({ file, reason: (error as Error).message });
      return undefined;
    }
  };
  // not within `tried`: a store that cannot be written is no mistake of the file
  const take = (events: readonly MonitorEvent[]) => {
    const { added, improved, known, too_old } = add(events);
    sum.files++;
    sum.added += added;
    sum.improved += improved;
    sum.known += known;
    sum.too_old += too_old;
  };
  if (from.transcripts)
    for (const { file } of findTranscripts(place, 'all').filter(({ changed }) => changed >= since)) {
      const read = tried(file, () => eventsOfTranscript(file, subagentsOf(file)));
      if (!read) continue;
      const { session, events, hooks, lines } = read;
      sum.foreign_lines += lines.broken + lines.foreign;
      take(session !== null && hasTelemetry(db, session) ? hooks : [...events, ...hooks]);
    }
  if (from.debug_logs)
    for (const file of debugLogs(place)) {
      const events = tried(file, () => (statSync(file).mtimeMs >= since ? eventsOfDebugLog(file) : null));
      if (events) take(events);
    }
  return sum;
}

/** Telemetry tells of turns and tools what a transcript does, and more. */
const hasTelemetry = (db: Database, session: string): boolean =>
  db.get(
    `SELECT 1 AS one FROM event WHERE source = 'otlp' AND session = (SELECT id FROM session WHERE name = ?) LIMIT 1`,
    session,
  ) !== undefined;

function debugLogs(place: Place): string[] {
  const folder = join(homeOf(place), 'debug');
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(txt|log)$/.test(entry.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return []; // the client writes none unless it is told to
  }
}
