import type { PartTime, Profile, Told } from './profile.ts';
import type { Source } from './span.ts';

/** The names of the parts of a session in tables. */
export const partNames: Readonly<Record<PartTime['part'], string>> = {
  start_up: 'start-up',
  hook: 'hooks',
  model: 'model',
  tool: 'tools',
  agent: 'subagents',
  permission: 'permissions',
  shut_down: 'end',
  rest: 'unknown',
  idle: 'idle',
  unrecorded: 'not recorded',
};

export const sourceNames: Readonly<Record<Source, string>> = {
  debug_log: 'debug log',
  stop_summary: 'turn summary',
  otlp: 'export',
  transcript: 'transcript',
};

/** The reasons why the times of a profile are less accurate, as sentences. */
export const toldWords: Readonly<Record<Told, string>> = {
  silent_hooks_missing:
    'A transcript does not record hooks that succeed and print nothing, nor waits for permissions. The time of such hooks and waits is shown as “not recorded”. Pass the export (--otlp) or the debug log (--debug-log), or run a session with `profile-session -- claude`.',
  no_totals:
    'Claude Code has not yet written its totals, which it writes when it ends. Without the totals, the times of tools and of the model include hooks that print nothing.',
  no_transcript: 'The session left no transcript, so the times of tool calls are unknown.',
  no_debug_log:
    'No debug log was requested, because the first word after -- is not `claude`: name `claude` first, or pass --debug-file to it.',
  own_export:
    'Your environment variables (CLAUDE_CODE_ENABLE_TELEMETRY) send Claude Code’s export to another receiver. Use --otlp FILE to pass the file that this receiver writes.',
  no_export:
    'perf-gate received no export from Claude Code: Claude Code’s settings may choose another destination or format.',
  export_of_another: 'The export has no data of this session.',
};

/** `340 ms`, `2.49 s`, `48.1 s`, `12 min`, `3.4 h`. */
export function duration(ms: number): string {
  const [unit, length] = units.find(([, , most]) => ms < most)!;
  const amount = ms / length;
  return `${unit === 's' ? amount.toFixed(amount < 9.995 ? 2 : 1) : amount < 9.95 && unit !== 'ms' ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}

const units: readonly (readonly [unit: string, length: number, most: number])[] = [
  ['ms', 1, 999.5],
  ['s', 1000, 120_000],
  ['min', 60_000, 7_200_000],
  ['h', 3_600_000, Number.POSITIVE_INFINITY],
];

/** The first eight characters of a session's id, such as `a45ef0a7`. */
export const shortId = (session: string | null): string => session?.slice(0, 8) ?? '?';

/** `2026-11-28 22:31`, in UTC. */
export const momentWords = ({ started }: Pick<Profile, 'started'>): string => started.slice(0, 16).replace('T', ' ');
