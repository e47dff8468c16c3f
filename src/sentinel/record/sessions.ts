import { join } from 'node:path';
import { oneLine } from '../../core/text.ts';
import { readJson } from '../discover/read-json.ts';
import { dayOf, isOld } from '../store/day.ts';
import type { SentinelHome } from '../store/home.ts';
import { sentinelPaths } from '../store/paths.ts';
import { entriesOf, named } from '../store/retention.ts';
import { type SessionRecord, sessionRecord } from './session.ts';

/**
 * The number of sessions of a day, and sums over their transcripts. A sum is null if no transcript contains this kind of time. `slow`: the
 * number of sessions whose start waited too long for hooks.
 */
export type Day = {
  day: string;
  sessions: number;
  dur_ms: number | null;
  api_ms: number | null;
  tools_ms: number | null;
  rest_ms: number | null;
  slow: number;
};

/**
 * The sessions that ended in the last `days` days, the newest first. If a session was resumed on another day, only its last record counts,
 * because the last record covers the whole session. `now`: ISO 8601.
 */
export function readSessions(home: SentinelHome, days: number, now: string): SessionRecord[] {
  const { sessions } = sentinelPaths(home);
  const recent = entriesOf(sessions).filter((name) => named.sessions.test(name) && !isOld(name, days - 1, now));
  const all = recent
    .flatMap((day) => entriesOf(join(sessions, day)).map((name) => join(sessions, day, name)))
    .flatMap((file) => readSession(file) ?? [])
    .sort((a, b) => (a.ts < b.ts ? 1 : -1));
  const seen = new Set<string>();
  return all.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function readSession(file: string): SessionRecord | undefined {
  const door = readJson(file);
  const { data } = sessionRecord.safeParse(door.state === 'read' ? door.value : null);
  return data && { ...data, cwd: oneLine(data.cwd), reason: oneLine(data.reason) };
}

/** The sums by day, the newest day first. `slowMs`: the wait for hooks, in ms, above which the start of a session is slow. */
export function byDay(sessions: readonly SessionRecord[], slowMs: number): Day[] {
  const days = new Set(sessions.map(({ ts }) => dayOf(ts)));
  return [...days].map((day) => {
    const all = sessions.filter(({ ts }) => dayOf(ts) === day);
    return {
      day,
      sessions: all.length,
      dur_ms: sum(all.map(({ dur }) => dur)),
      api_ms: sum(all.map(({ api_ms }) => api_ms)),
      tools_ms: sum(all.map(({ tools_ms }) => tools_ms)),
      rest_ms: sum(all.map(({ rest_ms }) => rest_ms)),
      slow: all.filter(({ start_hooks_ms }) => isSlow(start_hooks_ms, slowMs)).length,
    };
  });
}

export const isSlow = (ms: number | null, slowMs: number): boolean => ms !== null && ms > slowMs;

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}
