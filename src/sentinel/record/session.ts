import * as z from 'zod/mini';

/** Safe as part of a file name: it contains no path separators. */
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const ms = z.nullable(z.number().check(z.gte(0)));

/** The client's input to a SessionEnd hook; only the fields that are used. */
export const sessionEnd = z.object({
  hook_event_name: z.literal('SessionEnd'),
  session_id: id,
  transcript_path: z.string().check(z.maxLength(4096)),
  cwd: z.string().check(z.maxLength(4096)),
  reason: z._default(z.string().check(z.maxLength(64)), 'other'),
});

/** One session, as it is stored. Times in ms, null if the transcript does not record them. */
export const sessionRecord = z.object({
  /** When it ended, ISO 8601. */
  ts: z.iso.datetime(),
  /** How long it lasted, including pauses. */
  dur: ms,
  id,
  cwd: z.string(),
  /** As the client reports it: `clear`, `logout`, `prompt_input_exit`, `other`, … */
  reason: z.string(),
  /** The parts of `dur`: waiting for the model, and for tools; `rest`: hooks, questions to the user, and pauses. */
  api_ms: ms,
  tools_ms: ms,
  rest_ms: ms,
  /** The slowest hook at its start. The client records only hooks that print something, so the real wait may be longer. */
  start_hooks_ms: ms,
});

export type SessionEnd = z.infer<typeof sessionEnd>;
export type SessionRecord = z.infer<typeof sessionRecord>;
