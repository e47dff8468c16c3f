import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { eightDigits, move, remove, writeWhole } from '../../core/fs.ts';
import { readUserFile } from '../../core/user-file.ts';
import { dayOf } from '../store/day.ts';
import type { SentinelHome } from '../store/home.ts';
import { openCache, refuseLinks } from '../store/open.ts';
import { sentinelPaths } from '../store/paths.ts';
import { entriesOf } from '../store/retention.ts';
import { type SessionEnd, type SessionRecord, sessionEnd } from './session.ts';
import { toldBy } from './transcript.ts';

const MOST_BYTES = 64 * 1024 ** 2;

/** How many sessions were read from the spool, and how many lines were skipped because they describe no session. */
export type TakenIn = { taken: number; skipped: number };

/**
 * Reads the spool, the file to which the hook appends, and writes a file for every session that ended since the last call. The spool is
 * renamed first, so that sessions that end during the call start a new spool. The renamed spool is removed when all of its sessions are
 * written. If an earlier call was killed, its renamed spool is read too. `clientHome`: the client's folder.
 * @throws sentinel_home_taken, leads_elsewhere, file_unreadable, and disk errors
 */
export function takeIn(home: SentinelHome, clientHome: string): TakenIn {
  const { sessions, spool } = sentinelPaths(home);
  const files = (name: RegExp) =>
    entriesOf(sessions)
      .filter((entry) => name.test(entry))
      .map((entry) => join(sessions, entry))
      .filter(isFile);
  if (files(/^spool(-\d+-[0-9a-f]{8})?\.jsonl$/).length > 0) openCache(home);
  if (files(/^spool\.jsonl$/).length > 0) move(spool, join(sessions, `spool-${process.pid}-${eightDigits()}.jsonl`));
  const sums = { taken: 0, skipped: 0 };
  for (const file of files(/^spool-\d+-[0-9a-f]{8}\.jsonl$/)) {
    const { taken, skipped } = takeFile(file, sessions, clientHome);
    sums.taken += taken;
    sums.skipped += skipped;
  }
  return sums;
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Reads one spool. If the spool is gone, another call has already read it, so this call returns zero for both counts. */
function takeFile(file: string, sessions: string, clientHome: string): TakenIn {
  for (;;) {
    const stat = statSync(file, { throwIfNoEntry: false });
    const bytes = stat && bytesOf(file);
    if (!bytes) return { taken: 0, skipped: 0 };
    const written = stat.mtime.toISOString();
    const lines = bytes.toString('utf8').split('\n').filter(Boolean);
    const ends = lines.flatMap((line) => endIn(line) ?? []);
    for (const end of ends) {
      const record = recordOf(end, written, clientHome);
      const day = join(sessions, dayOf(record.ts));
      refuseLinks([day]);
      writeWhole(join(day, `${record.id}.json`), `${JSON.stringify(record)}\n`);
    }
    // a session that opened the spool before the renaming can still write to the renamed file
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? bytes.length) !== bytes.length) continue;
    remove(file);
    return { taken: ends.length, skipped: lines.length - ends.length };
  }
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readUserFile(file, MOST_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw failure('file_unreadable', { file, reason: (error as Error).message });
  }
}

function endIn(line: string): SessionEnd | undefined {
  try {
    return sessionEnd.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The record of a session that ended. `otherwise`: the end of the session (ISO 8601), which is used if the transcript contains no end. */
function recordOf(
  { session_id, cwd, reason, transcript_path }: SessionEnd,
  otherwise: string,
  clientHome: string,
): SessionRecord {
  const { began, ended, dur: told, api_ms, tools_ms, start_hooks_ms } = toldBy(transcript_path, clientHome);
  const dur = told ?? (began === null || ended === null ? null : Math.max(0, Date.parse(ended) - Date.parse(began)));
  const known = dur !== null && api_ms !== null && tools_ms !== null;
  return {
    ts: ended ?? otherwise,
    dur,
    id: session_id,
    cwd,
    reason,
    api_ms,
    tools_ms,
    // not below 0: tools can run in parallel or while the model answers, so the sum of the parts can exceed the whole time
    rest_ms: known ? Math.max(0, dur - api_ms - tools_ms) : null,
    start_hooks_ms,
  };
}
