import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { type RunningService, startService } from '../../../src/measure/service/service.ts';
import { stepsOf } from '../../../src/measure/sessions/plan.ts';
import { ground, plan, run } from '../sessions/session-setup.ts';
import { dir, env, eventually, freePort, instrument, isAlive } from '../setup.ts';

/** A server that answers with its arm, notes start and end, and has a child that left its session. */
const server = join(dir, 'server.cjs');
writeFileSync(
  server,
  `const fs = require('fs');
  const note = (line) => process.env.LOG && fs.appendFileSync(process.env.LOG, line + '\\n');
  const child = require('child_process').spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
  fs.writeFileSync('pids', process.pid + ' ' + child.pid);
  process.on('SIGTERM', () => { note('stop ' + process.env.ARM); process.exit(0); });
  require('http').createServer((_, answer) => { answer.statusCode = 503; answer.end(process.env.ARM); })
    .listen(Number(process.env.PORT), '127.0.0.1', () => note('start ' + process.env.ARM));`,
);

async function startIn(folder: string, service: { start: string; ready: string }, name = 'native') {
  const tools = { instrument: await instrument(name), clock: systemClock };
  return startService(service, { dir: folder, env: { ...env, PORT: new URL(service.ready).port } }, tools);
}

describe.each(['native', 'python3'])('a service under %s', (name) => {
  it('is ready when it answers anything, and is stopped with all its children', async () => {
    const folder = ground().arms.base.dir;
    const ready = `http://127.0.0.1:${await freePort()}/health`;
    const running = (await startIn(folder, { start: `node ${server}`, ready }, name)) as RunningService;
    expect((await fetch(ready)).status).toBe(503);
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    await running.stop();
    expect(await eventually(() => !pids.some(isAlive))).toBe(true);
  });
});

it('a service that ends, and an address that is taken, are reported', async () => {
  const ready = `tcp://127.0.0.1:${await freePort()}`;
  const ended = await startIn(dir, { start: 'echo no licence >&2; exit 1', ready });
  expect(ended).toMatchObject({ code: 'service_ended', message: expect.stringContaining('no licence') });

  const other = createServer().listen(Number(new URL(ready).port), '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  expect(await startIn(dir, { start: 'sleep 30', ready })).toMatchObject({ code: 'service_address_taken' });
  await new Promise((resolve) => other.close(resolve));
});

describe('a session with a service', () => {
  it('fails the arm whose program ends what supervises its service', async () => {
    const { arms } = ground();
    const port = String(await freePort());
    for (const arm of Object.values(arms)) arm.env.PORT = port;
    const { session } = await run(arms, {
      command: {
        // what was killed stays a zombie until its parent has noticed
        script:
          'read -r pid _ < pids; by=$(cut -d " " -f 4 /proc/$pid/stat); kill -9 $by; while kill -0 $by; do sleep 0.1; done 2> /dev/null',
        shell: true,
        timeout_s: 60,
      },
      service: { start: `exec node ${server}`, ready: `http://127.0.0.1:${port}/` },
    });
    expect(session).toMatchObject({
      state: 'failed_run',
      code: 'helper_lost',
      reason: expect.stringMatching(/SIGKILL/),
    });
    const folder = session.state === 'failed_run' ? arms[session.arm].dir : '';
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  });

  it('has the service of the measured arm running, and never both', async () => {
    const { arms, log } = ground();
    const port = String(await freePort());
    for (const arm of Object.values(arms)) arm.env.PORT = port;
    const ready = `http://127.0.0.1:${port}/`;
    const ask = `fetch('${ready}').then((r) => r.text()).then((t) => console.log(JSON.stringify({ n: 1, t })))`;
    const { session, samples } = await run(arms, {
      command: { script: `node -e "${ask}"`, shell: 'auto', timeout_s: 10 },
      metrics: [{ name: 'n', unit: '', source: { stdout: 'json', key: 'n' } }],
      service: { start: `node ${server}`, ready },
      same_output: { json: 't' },
      looks: [2],
    });
    expect(session).toMatchObject({ state: 'complete', pairs: { length: 2 } });
    expect(samples.map((sample) => sample.output?.preview)).toEqual(
      samples.map((sample) => JSON.stringify(sample.arm)),
    );

    const service = { start: '', ready };
    const blocks = stepsOf({ ...plan, service, looks: [2] }, ['base', 'candidate'])
      .map((step) => step.arm)
      .filter((arm, i, all) => arm !== all[i - 1]);
    expect(log()).toEqual(blocks.flatMap((arm) => [`start ${arm}`, `stop ${arm}`]));
  });

  it('fails the run of the arm whose service does not start', async () => {
    const ready = `tcp://127.0.0.1:${await freePort()}`;
    const { session } = await run(ground().arms, { service: { start: 'exit 3', ready } });
    expect(session).toMatchObject({ state: 'failed_run', code: 'service_ended' });
  });
});
