import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf, type Place } from '../../sentinel/discover/settings.ts';
import { findTranscripts, subagentsOf } from '../../sentinel/transcripts/find.ts';
import type { Database } from '../store/driver.ts';
import { eventsOfDebugLog } from './debug-log.ts';
import type { Tally } from './tally.ts';
import { eventsOfTranscript } from './transcript.ts';

/**
 * Which sources to import. `transcripts`: the transcripts of all sessions. `debug_logs`: the logs that the client writes with `--debug`.
 */
export type ImportSources = { transcripts: boolean; debug_logs: boolean };

type SessionFiles = { transcripts: string[]; debug_logs: string[] };

/** The client's transcripts and debug logs that changed at or after `since` (ms since 1970). */
export function sessionFiles(from: ImportSources, place: Place, since: number): SessionFiles {
  const transcripts = from.transcripts ? findTranscripts(place, 'all').filter(({ changed }) => changed >= since) : [];
  return {
    transcripts: transcripts.map(({ file }) => file),
    debug_logs: from.debug_logs ? debugLogs(place, since) : [],
  };
}

/** Imports the events of the given files. An event that is already stored from an equal or better source is not replaced. */
export function importSessions(
  { transcripts, debug_logs }: SessionFiles,
  db: Database,
  { sum, tried, take }: Tally,
): void {
  for (const file of transcripts) {
    const read = tried(file, () => eventsOfTranscript(file, subagentsOf(file)));
    if (!read) continue;
    const { session, events, hooks, lines } = read;
    sum.foreign_lines += lines.broken + lines.foreign;
    take(session !== null && hasTelemetry(db, session) ? hooks : [...events, ...hooks]);
  }
  for (const file of debug_logs) {
    const events = tried(file, () => eventsOfDebugLog(file));
    if (events) take(events);
  }
}

/** Whether telemetry of the session is stored. Telemetry has the same turns and tools as a transcript, with more data about them. */
const hasTelemetry = (db: Database, session: string): boolean =>
  db.get(
    `SELECT 1 AS one FROM event WHERE source = 'otlp' AND session = (SELECT id FROM session WHERE name = ?) LIMIT 1`,
    session,
  ) !== undefined;

function debugLogs(place: Place, since: number): string[] {
  const folder = join(homeOf(place), 'debug');
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(txt|log)$/.test(entry.name))
      .map(({ name }) => join(folder, name))
      .filter((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity) >= since);
  } catch {
    return []; // the folder does not exist if the client never ran with `--debug`
  }
}
