import type { Answer, Asked, Routes } from './http.ts';

/** A request to forward. Headers such as the sender's keys are left out, because they are meant for this service only. */
type Passed = { path: string; body: Buffer; headers: Record<string, string> };

/** All waiting bodies together can have at most this number of bytes. If there are more, the oldest bodies are dropped. */
const MOST_BYTES = 16 * 1024 ** 2;
/** The time limit for one forwarded request. */
const TIMEOUT_MS = 5000;
/** The header that marks forwarded requests, so that no loop arises if two services forward to each other. */
const MARK = 'x-perf-gate-forwarded';

/**
 * Wraps the routes so that accepted bodies are also forwarded to another collector, such as `http://127.0.0.1:4319`. Senders do not wait
 * for the other collector. Bodies that the other collector does not accept are dropped. `note` receives a text only for the first dropped
 * body, and again only after the collector has accepted a body.
 */
export function forwarding(routes: Routes, to: string, signal: AbortSignal, note: (text: string) => void): Routes {
  const waiting: Passed[] = [];
  let busy = false;
  let lost = false;
  const drop = (why: string) => {
    if (!lost) note(`Telemetry was stored but not forwarded to ${new URL(to).host}: ${why}.`);
    lost = true;
  };
  const work = async () => {
    busy = true;
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const problem = await passedOn(next, to, signal);
      if (problem === null) lost = false;
      else if (!signal.aborted) drop(problem);
    }
    busy = false;
  };
  const pass = (one: Passed) => {
    waiting.push(one);
    while (waiting.reduce((sum, { body }) => sum + body.length, 0) > MOST_BYTES) {
      waiting.shift();
      drop('the collector is too slow');
    }
    if (!busy) void work();
  };
  const around = ([key, route]: [string, Routes[string]]): [string, Routes[string]] => [
    key,
    async (asked) => {
      const answer = await route(asked);
      if (isTaken(answer) && asked.headers[MARK] === undefined) pass({ path: key.split(' ')[1]!, ...carried(asked) });
      return answer;
    },
  ];
  return Object.fromEntries(Object.entries(routes).map(around));
}

const isTaken = (answer: object): boolean => (answer as Partial<Answer>).status === 200;

function carried({ body, headers }: Asked): Omit<Passed, 'path'> {
  const packing = headers['content-encoding'];
  const kept = { 'content-type': 'application/json', [MARK]: '1' };
  return { body, headers: packing === undefined ? kept : { ...kept, 'content-encoding': packing } };
}

/**
 * Forwards a request. Returns a description of the problem, or null after success. Redirects are not followed, so that no other host gets
 * the data.
 */
async function passedOn({ path, body, headers }: Passed, to: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(new URL(path, to), {
      method: 'POST',
      body: new Uint8Array(body),
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `the collector answered with status ${answer.status}`;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    return name === 'TimeoutError'
      ? 'the collector did not answer'
      : `the collector could not be reached (${cause?.code ?? name})`;
  }
}
