import { z } from 'zod';
import { cut, oneLine } from '../../core/text.ts';
import type { Handler } from '../hook.ts';

const everywhere = { if: z.string().optional(), timeout: z.number().positive().optional() };

/** The handlers that Claude Code accepts. Unknown keys are ignored. */
const schema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('command'),
    command: z.string(),
    args: z.array(z.string()).optional(),
    shell: z.enum(['bash', 'powershell']).optional(),
    async: z.boolean().optional(),
    ...everywhere,
  }),
  z.object({ type: z.literal('http'), url: z.string(), ...everywhere }),
  z.object({ type: z.literal('mcp_tool'), server: z.string(), tool: z.string(), ...everywhere }),
  z.object({ type: z.literal('prompt'), prompt: z.string(), ...everywhere }),
  z.object({ type: z.literal('agent'), prompt: z.string(), ...everywhere }),
]);

/**
 * The handler that an entry declares. `wrong`: null if Claude Code accepts the entry. Otherwise, what Claude Code expects instead, such as
 * “a handler with a `type`”.
 */
export type Read = { handler: Handler; if: string | null; written_s: number | null; wrong: string | null };

/** Reads one entry of a list of hooks as Claude Code does. A single mistake makes Claude Code ignore the entry. */
export function readHandler(entry: unknown): Read {
  const read = schema.safeParse(entry);
  if (!read.success) return { handler: guess(entry), if: null, written_s: null, wrong: expectedOf(entry, read.error) };
  const { timeout = null, if: condition = null } = read.data;
  return { handler: handlerOf(read.data), if: condition, written_s: timeout, wrong: null };
}

function handlerOf(data: z.infer<typeof schema>): Handler {
  switch (data.type) {
    case 'command': {
      const { type, command, args = null, shell = 'bash', async = false } = data;
      return { type, command, args, shell, async };
    }
    case 'http':
      return { type: data.type, url: data.url };
    case 'mcp_tool':
      return { type: data.type, server: data.server, tool: data.tool };
    default:
      return { type: data.type, prompt: data.prompt };
  }
}

/**
 * The handler that is shown for an invalid entry. If the entry has a command, the command is shown, so that the author recognises the
 * entry.
 */
function guess(entry: unknown): Handler {
  const { command } = (entry ?? {}) as { command?: unknown };
  if (typeof command === 'string') return { type: 'command', command, args: null, shell: 'bash', async: false };
  return { type: 'unknown', written: startOf(entry) };
}

/** The start of the entry's text, on one line. */
const startOf = (value: unknown): string => cut(oneLine(JSON.stringify(value) ?? ''), 80);

const TYPES = schema.options.map(({ shape }) => shape.type.value).join(', ');

function expectedOf(entry: unknown, error: z.ZodError): string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'a handler with a `type`';
  const [{ path, message } = { path: [], message: '' }] = error.issues;
  return path[0] === 'type' ? `a \`type\`: one of ${TYPES}` : `another \`${path.join('.')}\` (${oneLine(message)})`;
}
