import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { type FormatName, formatted } from '../../../src/measure/formats/formats.ts';
import { dir } from '../setup.ts';

const root = resolve(import.meta.dirname, '../../..');
const tools = join(import.meta.dirname, 'fixtures/tools');

/** Runs a tool of this project as its user would: what it writes now is what must be read. */
async function node(...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, args, { cwd: root })).stdout;
}

const bin = (path: string) => join(root, 'node_modules', path);
const read = (format: FormatName, text: string, key: string, unit: string) =>
  formatted(text, { format, file: 'out.json', key }, unit);

it('tinybench', async () => {
  const text = await node(join(tools, 'tinybench.mjs'));
  const [, sort] = JSON.parse(text);
  expect(read('tinybench', text, 'sort', 'ms')).toBe(sort.result.latency.mean);
  expect(read('tinybench', text, 'sort.latency.p99', 'ms')).toBe(sort.result.latency.p99);
  expect(read('tinybench', text, 'sort.throughput.mean', 'ops/s')).toBe(sort.result.throughput.mean);
  expect(sort.result.latency.mean).toBeGreaterThan(0);
});

it('mitata', async () => {
  const text = await node(join(tools, 'mitata.mjs'));
  const sort = JSON.parse(text).benchmarks.find((b: { alias: string }) => b.alias === 'sort').runs[0].stats;
  expect(read('mitata', text, 'sort', 'ns')).toBe(sort.avg);
  expect(read('mitata', text, 'sort.p99', 'us')).toBeCloseTo(sort.p99 / 1000, 12);
  expect(sort.avg).toBeGreaterThan(0);
}, 60_000);

it('vitest bench', async () => {
  await node(
    bin('vitest/vitest.mjs'),
    'bench',
    '--run',
    join(tools, 'words.bench.ts'),
    '--outputJson',
    join(dir, 'vitest.json'),
  );
  const text = readFileSync(join(dir, 'vitest.json'), 'utf8');
  const sort = JSON.parse(text).files[0].groups[0].benchmarks[0];
  expect(read('vitest-bench', text, 'sort', 'ms')).toBe(sort.mean);
  expect(read('vitest-bench', text, 'sort.hz', 'ops/s')).toBe(sort.hz);
  expect(sort.mean).toBeGreaterThan(0);
});

it('autocannon', async () => {
  const server = createServer((_, answer) => setTimeout(() => answer.end('x'), 5)).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const text = await node(bin('autocannon/autocannon.js'), '--json', '-c', '2', '-a', '40', url);
  server.closeAllConnections();
  server.close();
  const whole = JSON.parse(text);
  expect(read('autocannon', text, 'latency.p99', 'ms')).toBe(whole.latency.p99);
  expect(read('autocannon', text, 'requests.total', '')).toBe(40);
  expect(whole.latency.p99).toBeGreaterThanOrEqual(5);
});
