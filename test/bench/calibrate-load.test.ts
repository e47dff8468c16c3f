import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Calibration } from '../../src/bench/calibrate/calibrate.ts';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

const server = `import { createServer } from 'node:http';
createServer((_, answer) => setTimeout(() => answer.end('{}'), 5)).listen(Number(process.env.PORT), '127.0.0.1');
`;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

it('the published package measures a service under load', async () => {
  const port = await freePort();
  const contract = {
    version: 1,
    domain: 'api_latency',
    repro: {
      env: { PORT: String(port) },
      service: { start: 'node server.mjs', ready: `http://127.0.0.1:${port}/` },
      load: { url: `http://127.0.0.1:${port}/items`, connections: 2, requests: 40 },
      measurement_runs: 4,
      max_runs: 5,
    },
    metrics: {
      primary: {
        name: 'requests_per_s',
        unit: '1/s',
        lower_is_better: false,
        source: { stdout: 'json', key: 'requests.average' },
      },
      watchdogs: [
        { name: 'p99_ms', unit: 'ms', max_regression_pct: 500, source: { stdout: 'json', key: 'latency.p99' } },
      ],
    },
    order: 'sequential',
  };
  const repo = repository({ 'server.mjs': server, 'c.yaml': stringify(contract) });
  const made = await perfgate.json<Calibration>(repo.root, 'calibrate', '--contract', 'c.yaml', '--sessions', '1');
  expect(made).toMatchObject({ code: 0, false_accepts: 0, unit: '1/s' });
  // two connections that wait for 5 ms each time
  expect(made.baseline).toBeLessThan(400);
  expect(made.baseline).toBeGreaterThan(5);
});
