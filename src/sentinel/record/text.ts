import { count } from '../../core/text.ts';
import { duration, moment } from '../../core/units.ts';
import { columns, type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import { deadWords, milliseconds } from '../words.ts';
import type { SessionRecord } from './session.ts';
import { byDay, isSlow } from './sessions.ts';
import type { Recording, Switched } from './switch.ts';
import type { TakenIn } from './take-in.ts';

/**
 * The recorded sessions. `slow_ms`: the wait for hooks, in ms, above which the start of a session is slow. `each`: one row for each session
 * instead of each day.
 */
type Shown = {
  recording: Recording;
  sessions: readonly SessionRecord[];
  takenIn: TakenIn;
  slow_ms: number;
  each: boolean;
};

/** A table of the sessions: one row for each day or for each session, with the total time and its parts. */
export function recordText({ recording, sessions, takenIn, slow_ms, each }: Shown, look: Look): string {
  const rows = each ? sessions.map((one) => sessionRow(one, slow_ms)) : byDay(sessions, slow_ms).map(dayRow);
  const head = each
    ? ['ended', 'time', 'model', 'tools', 'rest', 'project']
    : ['day', 'sessions', 'time', 'model', 'tools', 'rest', 'slow starts'];
  const said = [
    ...(sessions.length === 0 ? [`No session is recorded${recording.on ? ' yet' : ''}.`] : []),
    recording.on
      ? `Sessions are recorded (${recording.settings}).`
      : 'Sessions are not recorded; `perf-gate sentinel record on` starts recording.',
    ...neverWords(recording),
    ...(takenIn.skipped > 0
      ? [`${count(takenIn.skipped, 'line')} that the recording hook wrote could not be read as a session.`]
      : []),
  ];
  return [
    ...(rows.length > 0 ? [table(head, rows, look), ''] : []),
    ...said.flatMap((line) => wrap(shown(line, look), look.width)),
  ].join('\n');
}

const neverWords = ({ on, dead, enabled, gone }: Recording): string[] => [
  ...(gone
    ? ['The hook’s script is missing, so nothing is recorded; `perf-gate sentinel record on` restores it.']
    : []),
  ...(dead === null ? [] : [`Claude Code never calls the hook here: ${deadWords(dead)}.`]),
  ...(on && !enabled ? ['The hook does nothing, because `metrics.enabled` or PERF_SENTINEL_ENABLED is false.'] : []),
];

/** A message for the user after the recording was switched on or off. */
export const switchedText = (switched: Switched): string => [doneWords(switched), ...neverWords(switched)].join('\n');

function doneWords({ on, changed, settings, events }: Switched): string {
  if (on)
    return changed
      ? `Sessions are recorded from now on: ${settings} has a hook for ${events.join(' and ')}. Sessions that are already running may not be recorded.`
      : `Sessions are already recorded (${settings}). Nothing was changed.`;
  return changed
    ? `Sessions are no longer recorded: the hook was removed from ${settings}. Recorded sessions are kept.`
    : `Sessions were not recorded (${settings}). Nothing was changed.`;
}

const time = (ms: number | null) => (ms === null ? '–' : 0 < ms && ms < 1000 ? milliseconds(ms) : duration(ms / 1000));

const dayRow = ({ day, sessions, dur_ms, api_ms, tools_ms, rest_ms, slow }: ReturnType<typeof byDay>[number]) => [
  day,
  `${sessions}`,
  ...[dur_ms, api_ms, tools_ms, rest_ms].map(time),
  slow > 0 ? `${slow}` : '',
];

const sessionRow = ({ ts, dur, api_ms, tools_ms, rest_ms, start_hooks_ms, cwd }: SessionRecord, slow: number) => [
  moment(ts),
  ...[dur, api_ms, tools_ms, rest_ms].map(time),
  isSlow(start_hooks_ms, slow) ? `${cwd}, slow start (${milliseconds(start_hooks_ms!)})` : cwd,
];

/**
 * A table whose columns are aligned with blanks. The first column and paths in the last column are left-aligned. All other columns are
 * right-aligned.
 */
function table(head: readonly string[], rows: readonly (readonly string[])[], look: Look): string {
  const all = [head, ...rows].map((row) => row.map((cell) => shown(cell, look)));
  const widths = head.map((_, i) => Math.max(...all.map((row) => columns(row[i]!))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const room = ' '.repeat(widths[i]! - columns(cell));
        return i === 0 || head[i] === 'project' ? cell + room : room + cell;
      })
      .join('  ')
      .trimEnd();
  return all.map((row, i) => paint([i === 0 ? toned(line(row), 'faint') : line(row)], look)).join('\n');
}
