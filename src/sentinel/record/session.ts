import * as z from 'zod/mini';

/** A session's id, which is safe as part of a file name: the id contains no path separators. */
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const ms = z.nullable(z.number().check(z.gte(0)));

/** Claude Code's input to a SessionEnd hook, with only the fields that are used. */
export const sessionEnd = z.object({
  hook_event_name: z.literal('SessionEnd'),
  session_id: id,
  transcript_path: z.string().check(z.maxLength(4096)),
  cwd: z.string().check(z.maxLength(4096)),
  reason: z._default(z.string().check(z.maxLength(64)), 'other'),
});

/** The stored record of one session. Times are in ms. A time is null if the transcript does not contain it. */
export const sessionRecord = z.object({
  /** When it ended, ISO 8601. */
  ts: z.iso.datetime(),
  /** How long the session lasted, including pauses. */
  dur: ms,
  id,
  cwd: z.string(),
  /** Why the session ended, as Claude Code reports it: `clear`, `logout`, `prompt_input_exit`, `other`, … */
  reason: z.string(),
  /**
   * The parts of `dur`. `api_ms`: waits for the model. `tools_ms`: waits for tools. `rest_ms`: hooks, questions to the user, and pauses.
   */
  api_ms: ms,
  tools_ms: ms,
  rest_ms: ms,
  /**
   * The time of the slowest hook at the session's start. Claude Code records only hooks that print something, so the real wait can be
   * longer.
   */
  start_hooks_ms: ms,
});

export type SessionEnd = z.infer<typeof sessionEnd>;
export type SessionRecord = z.infer<typeof sessionRecord>;
