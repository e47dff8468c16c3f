import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { type Live, liveRing } from '../../../src/monitor/serve/live.ts';
import { type Served, servePage } from '../../../src/monitor/serve/serve.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { folder } from '../../helpers/folder.ts';
import { event, noon } from '../events.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** No run is active, and no client runs. */
const idle = { runs: { look: () => {}, live: () => [], version: () => 0 }, clients: () => [] };

type Here = { served: Served; origin: string; live: Live; add: (...names: string[]) => void };

/** A page in this process, and the writer of its store. */
async function here(): Promise<Here> {
  const home = folder();
  const db = await openStore(join(home, 'monitor.db'));
  const live = liveRing();
  const config = configSchema.parse({});
  const env = { XDG_CACHE_HOME: home };
  const served = await servePage({ port: 0, db, config, home, now: () => noon, env, live, note: () => {}, ...idle });
  ends.push(served.close, db.close);
  const writer = writerOf(db, { compress: false, stored: live.add });
  const add = (...names: string[]) =>
    void writer.add(
      names.map((name) => event(name, { name })),
      0,
    );
  return { served, origin: `http://127.0.0.1:${served.port}`, live, add };
}

type Message = { id: string; event: string; data: unknown };

/** Listens to `/events` until a number of messages of one kind have arrived. */
async function heard(
  { origin }: Here,
  { id = '', kind = 'stored', n = 1, seen = (_: Message) => {} },
): Promise<Message[]> {
  const stop = new AbortController();
  const answer = await fetch(`${origin}/events`, {
    signal: stop.signal,
    headers: id === '' ? {} : { 'last-event-id': id },
  });
  const messages: Message[] = [];
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
      const message = { id: field('id'), event: field('event'), data: JSON.parse(field('data') || 'null') as unknown };
      messages.push(message);
      seen(message);
    }
    if (messages.filter((message) => message.event === kind).length >= n) break;
  }
  stop.abort();
  return messages;
}

const names = ({ data }: Message) => (data as { name: string }[]).map(({ name }) => name);

describe('the event stream', () => {
  it('sends an event after it is stored, and not if it was already known', async () => {
    const page = await here();
    const seen = (message: Message) => {
      if (message.event === 'gap') page.add('first', 'second');
      if (message.event === 'stored') page.add('first', 'third');
    };
    const told = (await heard(page, { n: 2, seen })).filter(({ event: what }) => what === 'stored');
    expect(told.map(names)).toEqual([['first', 'second'], ['third']]);
  });

  it('continues after a page’s last event; a page from an earlier start of the service or with too old a state reloads all', async () => {
    const page = await here();
    const [first] = await heard(page, { kind: 'pace' });
    expect(first!.id).toMatch(/^[0-9a-f]{8}-0$/);
    expect(page.served.token).not.toContain(first!.id.slice(0, 8));
    page.add('a', 'b');
    const missed = await heard(page, { id: first!.id });
    expect(missed.map((message) => message.event)).toEqual(['pace', 'stored']);
    expect(names(missed[1]!)).toEqual(['a', 'b']);
    page.add('c');
    expect(names((await heard(page, { id: missed[1]!.id }))[1]!)).toEqual(['c']);
    for (const id of ['otherlife-1', '../../x', `${first!.id.split('-')[0]}-99`])
      expect((await heard(page, { id, kind: 'gap' })).map((message) => message.event)).toEqual(['pace', 'gap']);
    page.add(...Array.from({ length: 1500 }, (_, i) => `n${i}`));
    const late = await heard(page, { id: first!.id });
    expect(late.map((message) => message.event)).toEqual(['pace', 'gap', 'stored']);
    expect(names(late[2]!).at(-1)).toBe('n1499');
  });

  it('limits the number of pages, and reports this to the next page', async () => {
    const page = await here();
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const open = () => fetch(`${page.origin}/events`, { signal: stop.signal });
    const all = await Promise.all(Array.from({ length: 16 }, open));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
    const next = await open();
    expect([next.status, await next.json()]).toEqual([503, { error: expect.stringContaining('16 pages') }]);
  });
});

describe('a request to write', () => {
  const silence = JSON.stringify({ rule: 'slow-hooks-warning', hours: 2 });

  /** The answer to a request to silence a rule, with some headers set or left out. */
  async function tried(headers: Record<string, string>, body = silence) {
    const { served } = await here();
    const all: Record<string, string> = {
      host: `127.0.0.1:${served.port}`,
      'content-type': 'application/json',
      'x-perf-gate-token': served.token,
    };
    for (const [name, value] of Object.entries(headers)) all[name] = value.replace('PORT', String(served.port));
    return new Promise<[number, string]>((done, fail) => {
      const asked = request(
        { port: served.port, host: '127.0.0.1', path: '/api/silence', method: 'POST', headers: all },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => done([answer.statusCode!, text]));
        },
      );
      asked.on('error', fail).end(body);
    });
  }

  it('is accepted with the token, also from the page', async () => {
    const [status, text] = await tried({ origin: 'http://localhost:PORT', 'sec-fetch-site': 'same-origin' });
    expect([status, JSON.parse(text)]).toMatchObject([200, { rule: 'slow-hooks-warning' }]);
  });

  it.each([
    ['no token', { 'x-perf-gate-token': '' }],
    ['another token', { 'x-perf-gate-token': 'a'.repeat(32) }],
    ['another origin', { origin: 'https://example.com' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another name of this machine', { host: 'rebound.example.com:PORT' }],
  ])('is refused: %s', async (_, headers) => {
    expect((await tried(headers))[0]).toBe(403);
  });

  it('is refused if it is a form, invalid JSON or an invalid silence', async () => {
    expect((await tried({ 'content-type': 'text/plain' }))[0]).toBe(415);
    expect((await tried({}, '{'))[0]).toBe(400);
    for (const wrong of [{ rule: 'slow-hooks-warning', hours: 1e9 }, { rule: 7 }, [], { rule: 'none', hours: 1 }])
      expect([400, 404]).toContain((await tried({}, JSON.stringify(wrong)))[0]);
  });
});

it('the server treats invalid spans as a week, and answers every view for an empty store', async () => {
  const { origin } = await here();
  const get = async (path: string) => (await fetch(`${origin}/api/${path}`)).json();
  const week = await get('hooks');
  for (const hours of ['-1', 'x', '1e99', "1' OR 1=1"])
    expect(await get(`hooks?hours=${encodeURIComponent(hours)}`)).toEqual(week);
  expect(await get(`session?id=${encodeURIComponent("' OR 1=1 --")}`)).toMatchObject({ parts: [] });
});
