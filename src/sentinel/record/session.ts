import * as z from 'zod/mini';

/** As part of a file's name it cannot lead anywhere. */
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const ms = z.nullable(z.number().check(z.gte(0)));

/** What the client gives a hook when a session ends; only what is used. */
export const sessionEnd = z.object({
  hook_event_name: z.literal('SessionEnd'),
  session_id: id,
  transcript_path: z.string().check(z.maxLength(4096)),
  cwd: z.string().check(z.maxLength(4096)),
  reason: z._default(z.string().check(z.maxLength(64)), 'other'),
});

/** One session, as it is kept. Times in ms, null where the transcript does not tell. */
export const sessionRecord = z.object({
  /** When it ended, ISO 8601. */
  ts: z.iso.datetime(),
  /** How long it lasted, with all pauses. */
  dur: ms,
  id,
  cwd: z.string(),
  /** As the client says: `clear`, `logout`, `prompt_input_exit`, `other`, … */
  reason: z.string(),
  /** Of it, waiting for the model and for tools; `rest`: hooks, questions to the person, and pauses. */
  api_ms: ms,
  tools_ms: ms,
  rest_ms: ms,
  /** The slowest hook at its start. The client notes only hooks that print something, so it may have waited longer. */
  start_hooks_ms: ms,
});

export type SessionEnd = z.infer<typeof sessionEnd>;
export type SessionRecord = z.infer<typeof sessionRecord>;
