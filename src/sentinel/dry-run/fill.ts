import { type Input, type placeholders, textAt, withTextAt } from './inputs.ts';
import type { Place, Session } from './session.ts';

/**
 * The text on a hook's stdin: an input in which the facts of a session are filled in. `bytes`: the least length of the field that
 * `input.grows` names. A shorter field is lengthened.
 */
export function textOf(
  input: Input,
  session: Session,
  place: Place & { file: string },
  bytes = input.bytes ?? 0,
): string {
  const facts: Record<(typeof placeholders)[number], string> = {
    session_id: session.id,
    transcript_path: session.transcript,
    cwd: place.project,
    file: place.file,
    prompt_id: session.promptId,
    tool_use_id: `toolu_${session.id.replaceAll('-', '').slice(0, 24)}`,
    agent_id: session.id.slice(0, 8),
  };
  const text = JSON.stringify(filled(grown(input, bytes), facts));
  return input.cut ? text.slice(0, text.length / 2) : text;
}

function filled(value: unknown, facts: Record<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (all, name) => (Object.hasOwn(facts, name) ? facts[name]! : all));
  if (Array.isArray(value)) return value.map((one) => filled(one, facts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, facts)]));
}

/** A line that resembles source code: words, blanks, and characters that JSON escapes. */
export const LINE =
  '  const total = rows.filter((row) => row.kind === "open").reduce((sum, row) => sum + row.cost, 0);\n';

function grown({ input, grows }: Input, bytes: number): Input['input'] {
  if (grows === undefined || bytes === 0) return input;
  const text = String(textAt(input, grows));
  const missing = Math.max(0, bytes - text.length - 1);
  const more = LINE.repeat(Math.ceil(missing / LINE.length)).slice(0, missing);
  return missing === 0 ? input : withTextAt(input, grows, `${text}\n${more}`);
}
