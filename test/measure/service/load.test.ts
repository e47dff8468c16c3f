import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Load, loadCommand } from '../../../src/measure/service/load.ts';
import { execute } from '../../../src/measure/sessions/execute.ts';
import { ground, run } from '../sessions/session-setup.ts';
import { dir, env, freePort, instrument } from '../setup.ts';

/** Answers after DELAY ms; `/late` takes longer at every tenth, `/broken` is an error at every tenth. */
const server = join(dir, 'server.cjs');
writeFileSync(
  server,
  `let n = 0;
  require('http').createServer((request, answer) => {
    const tenth = ++n % 10 === 0;
    if (request.url === '/broken' && tenth) answer.statusCode = 500;
    const delay = Number(process.env.DELAY) + (request.url === '/late' && tenth ? 60 : 0);
    setTimeout(() => answer.end('x'.repeat(100)), delay);
  }).listen(Number(process.env.PORT), '127.0.0.1');`,
);

type Asked = Partial<Load> & { path?: string; key?: string };

/** One pair of a session in which both arms serve, the candidate with half the delay. */
async function underLoad({ path = '/', key = 'requests.average', ...load }: Asked = {}) {
  const { arms } = ground();
  const port = await freePort();
  for (const arm of Object.values(arms)) arm.env.PORT = String(port);
  arms.base.env.DELAY = '20';
  arms.candidate.env.DELAY = '10';
  const url = `http://127.0.0.1:${port}`;
  const asked = { url: url + path, connections: 2, ...(load.seconds ? {} : { requests: 40 }), ...load };
  return run(arms, {
    command: { script: loadCommand(asked), shell: false, timeout_s: 20 },
    service: { start: `node ${server}`, ready: `${url}/health` },
    metrics: [{ name: 'figure', unit: '', source: { stdout: 'json', key } }],
    looks: [1],
  });
}
const figures = async (asked: Asked) => {
  const { session } = await underLoad(asked);
  if (session.state !== 'complete') throw new Error(JSON.stringify(session));
  return session.pairs[0]!;
};

it('gives the answers per second of each arm’s own service', async () => {
  const { base, candidate } = await figures({});
  expect(base.metrics.figure).toBeLessThan(2 * 50); // two connections that wait for 20 ms each time
  expect(candidate.metrics.figure).toBeGreaterThan(base.metrics.figure!);
});

it('gives latencies finer than a millisecond, and percentiles that show a tail', async () => {
  const [p50, p95] = [
    await figures({ path: '/late', key: 'latency.p50' }),
    await figures({ path: '/late', key: 'latency.p95' }),
  ];
  expect(p50.base.metrics.figure).toBeGreaterThan(19);
  expect(Number.isInteger(p50.base.metrics.figure)).toBe(false);
  expect(p95.base.metrics.figure! - p50.base.metrics.figure!).toBeGreaterThan(30);
});

it('makes as many requests as asked for, or as many as fit into the seconds', async () => {
  expect((await figures({ key: 'requests.total' })).base.metrics.figure).toBe(40);
  const { base } = await figures({ seconds: 1, key: 'seconds' });
  expect(base.metrics.figure).toBeGreaterThan(0.8);
  expect(base.wall_ms).toBeGreaterThan(950);
});

it('fails the run at the first failed answer or connection, and says which one', async () => {
  const { session } = await underLoad({ path: '/broken' });
  expect(session).toMatchObject({
    state: 'failed_run',
    code: 'exit',
    stderr: expect.stringMatching(/answer \d+ has the status 500/),
  });

  const url = `http://127.0.0.1:${await freePort()}/`;
  const command = { script: loadCommand({ url, connections: 1, requests: 5 }), shell: false, cwd: dir, env };
  const refused = await execute({ ...command, timeout_s: 20, keepOutput: true }, await instrument());
  expect(refused).toMatchObject({
    state: 'failed',
    stderr: expect.stringContaining('a request failed after 0 answers'),
  });
});
