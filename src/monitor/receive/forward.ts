import type { Answer, Asked, Routes } from './http.ts';

/** How a request is passed on. Headers of the sender, such as keys, are left out: they were meant for this service. */
type Passed = { path: string; body: Buffer; headers: Record<string, string> };

/** Bodies that wait, all together; beyond it the oldest are dropped. */
const MOST_BYTES = 16 * 1024 ** 2;
/** How long the other collector may take for one. */
const TIMEOUT_MS = 5000;
/** Marks what was passed on once: two services that name each other do not send it round. */
const MARK = 'x-perf-gate-forwarded';

/**
 * The same routes, which also pass on what they took to another collector, such as `http://127.0.0.1:4319`. Senders never wait for it: what it
 * does not take at once is dropped, and noted once until it takes something again.
 */
export function forwarding(routes: Routes, to: string, signal: AbortSignal, note: (text: string) => void): Routes {
  const waiting: Passed[] = [];
  let busy = false;
  let lost = false;
  const drop = (why: string) => {
    if (!lost) note(`What came in is kept, and not passed on to ${new URL(to).host}: ${why}.`);
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
      drop('it is too slow');
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

/** Why it was not taken; null: it was. A redirection is no answer: it must not lead to another host. */
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
    return answer.ok ? null : `it answered ${answer.status}`;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    return name === 'TimeoutError' ? 'it gave no answer' : `it could not be reached (${cause?.code ?? name})`;
  }
}
