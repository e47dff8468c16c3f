import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { failure, isFailure } from '../../../core/errors.ts';
import type { RunEvent } from '../../../record/state.ts';
import { copyingText } from '../../../report/copying.ts';
import type { Tools } from '../../terminal/tools.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** A request to a tool: the tool's arguments, and the context of the MCP library, which can send progress notifications. */
type Request = { args: unknown; extra: Extra };

/** Calls a tool. Returns the JSON object that the tool prints, or the tool's error. */
export async function answer(
  tools: Tools,
  { args, extra }: Request,
  call: (tools: Tools) => Promise<unknown>,
): Promise<CallToolResult> {
  let text = '';
  const world: Tools = {
    ...tools,
    json: true,
    interactive: false,
    signal: AbortSignal.any([tools.signal, extra.signal]),
    out: (said) => {
      text += said;
    },
    say: () => {},
    notify: notifier(tools, extra),
  };
  try {
    refuseNul(args);
    await call(world);
    return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Record<string, unknown> };
  } catch (error) {
    const { message } = error as Error;
    const said = isFailure(error)
      ? { code: error.code, message, hint: error.hint }
      : { code: 'bug', message, hint: 'Please report it.' };
    return {
      content: [{ type: 'text', text: JSON.stringify({ error: said }) }],
      structuredContent: { error: said },
      isError: true,
    };
  }
}

/**
 * Refuses the character NUL: neither a path nor a command's argument can contain it.
 * @throws usage
 */
function refuseNul(args: unknown): void {
  if (!holdsNul(args)) return;
  throw failure('usage', {
    problem: 'Invalid request: an argument contains the character NUL.',
    hint: 'Leave the character out: no path and no command can contain it.',
  });
}

const holdsNul = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\0')
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsNul);

/** The shortest time between two notifications, in ms. A notification disturbs the measurement. */
const EVERY_MS = 1000;

/** Returns a function that sends progress to the client. The function does nothing if the client's request has no progress token. */
function notifier({ clock }: Tools, { _meta, sendNotification }: Extra): Tools['notify'] {
  const token = _meta?.progressToken;
  if (token === undefined) return () => {};
  let progress = 0;
  let notifiedMs = -Infinity;
  return (event) => {
    const message = textOf(event);
    if (message === null || clock.ms() - notifiedMs < EVERY_MS) return;
    notifiedMs = clock.ms();
    // no `total`, because the number of sessions is unknown
    const params = { progressToken: token, progress: ++progress, message };
    void sendNotification({ method: 'notifications/progress', params }).catch(() => {}); // the client is gone
  };
}

function textOf(event: RunEvent): string | null {
  if (event.kind === 'progress') return `${event.label}, ${event.done} of ${event.next} executions`;
  if (event.kind === 'note') return event.text;
  if (event.kind === 'copying') return copyingText(event.total, event.done);
  return null;
}
