import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

it('writes the contract of a domain with what is in the project, once', async () => {
  const repo = repository({ 'package.json': JSON.stringify({ scripts: { bench: 'node bench.mjs' } }) });
  expect(await perfgate.run(repo.root, 'init', '--domain', 'db_query')).toMatchObject({ code: 0 });
  const text = repo.read('perf-gate.yaml');
  expect(text).toMatch(/^domain: db_query$/m);
  expect(text).toMatch(/^ {2}script: node bench\.mjs$/m);
  const again = await perfgate.json<{ changed: string[] }>(repo.root, 'init', '--domain', 'custom');
  expect(again).toMatchObject({ code: 0, changed: [] });
  expect(repo.read('perf-gate.yaml')).toBe(text);
});

it('refuses a domain that there is not, and names those there are', async () => {
  const { code, stderr } = await perfgate.run(repository({}).root, 'init', '--domain', 'speed');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('hook_latency') });
});
