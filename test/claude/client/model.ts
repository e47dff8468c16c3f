import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { streamTurn, type Turn, wholeTurn } from './reply.ts';

type Message = { role: string; content: unknown };
/** A request of the main conversation, as the client sent it. */
export type Request = { session: string; messages: Message[]; tools: string[] };

/** Returns the model's answer to the nth request. */
export type Script = (request: Request, n: number) => Turn;

export type Model = {
  url: string;
  /** The requests of the main conversation, oldest first. */
  requests: Request[];
  /** Replaces the script. */
  follow(script: Script): void;
  close(): Promise<void>;
};

/** A local Messages endpoint with scripted answers. It answers requests without tools (titles, summaries) with “ok”. */
export async function startModel(script: Script): Promise<Model> {
  const requests: Request[] = [];
  let current = script;
  const answer = (body: Body, session: string): Turn => {
    if (!body.tools?.length) return { text: 'ok' };
    const request = { session, messages: body.messages ?? [], tools: body.tools.map((tool) => tool.name) };
    requests.push(request);
    return current(request, requests.length);
  };
  let n = 0;
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      if (!body || !request.url?.startsWith('/v1/messages')) return json(response, 404, { type: 'error' });
      if (request.url.startsWith('/v1/messages/count_tokens')) return json(response, 200, { input_tokens: 1000 });
      const turn = answer(body, String(request.headers['x-claude-code-session-id'] ?? ''));
      n++;
      await pause(turn.after_ms ?? 0);
      if (body.stream) streamTurn(response, turn, n, body.model);
      else json(response, 200, wholeTurn(turn, n, body.model));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    follow: (next) => {
      current = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Content of a message as text: words, tool calls and their results, reminders of the client and of hooks. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: { type: string; text?: string; content?: unknown; name?: string; input?: unknown }) => {
      if (block.type === 'tool_use') return `[${block.name}] ${JSON.stringify(block.input)}`;
      return block.text ?? textOf(block.content);
    })
    .join('\n');
}

export const requestText = ({ messages }: Request): string =>
  messages.map(({ role, content }) => `<<${role}>>\n${textOf(content)}`).join('\n');

/** The text after the model's own last message, which it has not answered yet. */
export function newText({ messages }: Request): string {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages
    .slice(last + 1)
    .map(({ content }) => textOf(content))
    .join('\n');
}

type Body = { model: string; stream?: boolean; messages?: Message[]; tools?: { name: string }[] };

async function bodyOf(request: IncomingMessage): Promise<Body | null> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  try {
    return JSON.parse(text) as Body;
  } catch {
    return null;
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
