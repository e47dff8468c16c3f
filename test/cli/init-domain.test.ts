import { expect, it } from 'vitest';
import { parseContract } from '../../src/contract/parse.ts';
import { domainNames } from '../../src/core/domain-names.ts';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** Domains with a metric that needs something from the user. */
const needy = ['api_latency', 'render_fps', 'bundle_size', 'db_query'];

it('writes the contract of a domain with the project’s commands, once', async () => {
  const repo = repository({ 'package.json': JSON.stringify({ scripts: { bench: 'node bench.mjs' } }) });
  expect(await perfgate.run(repo.root, 'init', '--domain', 'db_query')).toMatchObject({ code: 0 });
  const text = repo.read('perf-gate.yaml');
  expect(text).toMatch(/^domain: db_query$/m);
  expect(text).toMatch(/^ {2}script: node bench\.mjs$/m);
  const again = await perfgate.json<{ changed: string[] }>(repo.root, 'init', '--domain', 'custom');
  expect(again).toMatchObject({ code: 0, changed: [] });
  expect(repo.read('perf-gate.yaml')).toBe(text);
});

it.each(domainNames)('writes a valid contract for %s, and says what it needs', async (domain) => {
  const repo = repository({});
  const { told } = await perfgate.json<{ told: string[] }>(repo.root, 'init', '--domain', domain);
  expect(parseContract(repo.read('perf-gate.yaml'), 'perf-gate.yaml').domain).toBe(domain);
  expect(told.join('\n')).toMatch(/^No command that reproduces/m);
  expect(/METRIC|plan\.json|dist\/|answers at/.test(told.join('\n'))).toBe(needy.includes(domain));
});

it('refuses an unknown domain, and names the known ones', async () => {
  const { code, stderr } = await perfgate.run(repository({}).root, 'init', '--domain', 'speed');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('hook_latency') });
});
