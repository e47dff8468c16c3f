import type { ServerResponse } from 'node:http';

/** A call of one of the client's tools, such as `{ name: 'Bash', input: { command: 'ls' } }`. */
export type ToolCall = { name: string; input: Record<string, unknown> };

/**
 * An answer of the model. An answer without tool calls ends the turn. `input_tokens`: the usage that is reported to the client; `after_ms`:
 * the delay of the answer.
 */
export type Turn = { text?: string; calls?: ToolCall[]; input_tokens?: number; after_ms?: number };

type Block = { type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: object };

/** Answers a request of the Messages API with a turn, as a stream of events. `n` makes the ids unique. */
export function streamTurn(response: ServerResponse, turn: Turn, n: number, model: string): void {
  const blocks = blocksOf(turn, n);
  const stop_reason = turn.calls?.length ? 'tool_use' : 'end_turn';
  const usage = { input_tokens: turn.input_tokens ?? 100, output_tokens: 10 };
  const message = { id: `msg_${n}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null, usage };
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send('message_start', { message });
  for (const [index, block] of blocks.entries()) {
    const { start, delta } = parts(block);
    send('content_block_start', { index, content_block: start });
    send('content_block_delta', { index, delta });
    send('content_block_stop', { index });
  }
  send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } });
  send('message_stop', {});
  response.end();
}

/** The body of an answer without streaming. */
export function wholeTurn(turn: Turn, n: number, model: string): object {
  return {
    id: `msg_${n}`,
    type: 'message',
    role: 'assistant',
    model,
    content: blocksOf(turn, n),
    stop_reason: turn.calls?.length ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: turn.input_tokens ?? 100, output_tokens: 10 },
  };
}

function blocksOf({ text, calls = [] }: Turn, n: number): Block[] {
  const words: Block[] = text ? [{ type: 'text', text }] : [];
  return [...words, ...calls.map((call, i) => ({ type: 'tool_use' as const, id: `toolu_${n}_${i}`, ...call }))];
}

/** The start of a block, and its whole content as one delta. */
function parts(block: Block): { start: object; delta: object } {
  return block.type === 'text'
    ? { start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: block.text } }
    : {
        start: { ...block, input: {} },
        delta: { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
      };
}
