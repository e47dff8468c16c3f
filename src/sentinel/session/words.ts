import type { PartTime, Profile, Told } from './profile.ts';
import type { Source } from './span.ts';

/** What a part of a session is called in a table. */
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
  stop_summary: 'summary of the turn',
  otlp: 'export',
  transcript: 'transcript',
};

/** What limits the figures, as sentences. */
export const toldWords: Readonly<Record<Told, string>> = {
  silent_hooks_missing:
    'A transcript leaves out hooks that succeed and print nothing, and how long a person was asked for a permission: both are in “not recorded”. Give the export (--otlp) or the debug log (--debug-log), or run a session with `profile-session -- claude`.',
  no_totals:
    'The client has not written its totals (it does when it ends): time in tools and in the model holds hooks that print nothing.',
  no_transcript: 'The session left no transcript: when tools were called is not known.',
  no_debug_log:
    'The client was asked for no debug log, because the first word after -- is another program: name `claude` first, or give it --debug-file.',
  own_export:
    'The client’s export goes where your environment says (CLAUDE_CODE_ENABLE_TELEMETRY): give what your collector kept with --otlp.',
  no_export: 'The client exported nothing: its settings may say that it exports elsewhere, or in another format.',
  export_of_another: 'The export holds nothing of this session.',
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

/** `a45ef0a7`: the start of the session's id. */
export const shortId = (session: string | null): string => session?.slice(0, 8) ?? '?';

/** `2026-11-28 22:31`, in UTC. */
export const momentWords = ({ started }: Pick<Profile, 'started'>): string => started.slice(0, 16).replace('T', ' ');
