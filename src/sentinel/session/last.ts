import { failure } from '../../core/errors.ts';
import { count } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import { type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { findTranscripts, subagentsOf } from '../transcripts/find.ts';
import { readTranscript } from '../transcripts/read.ts';
import { type PartTime, type Profile, profileOf } from './profile.ts';
import { duration, momentWords, partNames, shortId, toldWords } from './words.ts';

/**
 * One session, with the facts that its line shows. `parts`: the time of each part of the session, in ms. Parts without time are left out.
 */
type SessionTimes = Pick<Profile, 'session' | 'started' | 'wall_ms' | 'working_ms' | 'attributed' | 'turns'> & {
  parts: Partial<Record<PartTime['part'], number>>;
};

/** The newest session first. `all`: the sums. */
export type LastSessions = { sessions: SessionTimes[]; all: Omit<SessionTimes, 'session' | 'started'> };

/**
 * The last sessions of a project, from their transcripts alone. Transcripts do not contain hooks that print nothing. Transcripts without
 * any time stamp are skipped.
 * @throws no_session
 */
export function lastSessions(n: number, { cwd, env }: World): LastSessions {
  const sessions: SessionTimes[] = [];
  for (const { file } of findTranscripts({ cwd, env }, 'project')) {
    if (sessions.length === n) break;
    const profile = profileIn(file);
    if (profile) sessions.push(timesOf(profile));
  }
  if (sessions.length === 0) throw failure('no_session', { wanted: null, folder: cwd });
  return { sessions, all: sumOf(sessions) };
}

function profileIn(file: string): Profile | null {
  try {
    const transcript = readTranscript(file, subagentsOf(file));
    return profileOf({ transcript, exported: [], debugLog: null, process: null });
  } catch {
    return null; // the transcript was removed, or was replaced by another kind of file
  }
}

const timesOf = ({ session, started, wall_ms, working_ms, attributed, turns, parts }: Profile): SessionTimes => ({
  session,
  started,
  wall_ms,
  working_ms,
  attributed,
  turns,
  parts: Object.fromEntries(parts.map(({ part, ms }) => [part, ms])),
});

function sumOf(sessions: readonly SessionTimes[]): LastSessions['all'] {
  const sum = (of: (one: SessionTimes) => number) => sessions.reduce((all, one) => all + of(one), 0);
  const working_ms = sum((one) => one.working_ms);
  const known = sum((one) => one.working_ms * one.attributed);
  const kinds = Object.keys(partNames) as PartTime['part'][];
  const parts = kinds.map((part) => [part, sum((one) => one.parts[part] ?? 0)] as const).filter(([, ms]) => ms > 0);
  return {
    wall_ms: sum((one) => one.wall_ms),
    working_ms,
    attributed: working_ms > 0 ? known / working_ms : 1,
    turns: sum((one) => one.turns),
    parts: Object.fromEntries(parts),
  };
}

/** The parts of a session that have a column in the table. */
const shownParts = ['start_up', 'model', 'tool', 'hook', 'unrecorded'] as const;

/** The sessions as text, one on each line, and their sums. */
export function lastSessionsText({ sessions, all }: LastSessions, look: Look): string {
  const cell = (text: string) => text.padStart(13);
  const row = (name: string, { turns, working_ms, parts }: LastSessions['all']) =>
    `${name.padEnd(27)}${String(turns).padStart(6)}${[working_ms, ...shownParts.map((part) => parts[part] ?? 0)]
      .map((ms) => cell(ms > 0 ? duration(ms) : '–'))
      .join('')}`;
  const head = `${'session'.padEnd(27)}${'turns'.padStart(6)}${['at work', ...shownParts.map((part) => partNames[part])].map(cell).join('')}`;
  return [
    paint([toned(head, 'faint')], look),
    ...sessions.map((one) => shown(row(`${momentWords(one)}  ${shortId(one.session)}`, one), look)),
    paint([toned(shown(row(count(sessions.length, 'session'), all), look), 'strong')], look),
    '',
    ...wrap(shown(toldWords.silent_hooks_missing, look), look.width),
  ].join('\n');
}
