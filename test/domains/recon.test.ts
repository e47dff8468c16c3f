import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DomainName } from '../../src/core/domain-names.ts';
import { candidatesFor } from '../../src/scoping/interview/offers.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { example } from './example.ts';

const guard = `export CLAUDE_PROJECT_DIR="$PWD" CLAUDE_PLUGIN_ROOT="$PWD"; node "\${CLAUDE_PLUGIN_ROOT}/hooks/guard.mjs" < event.json`;

const expected: [string, DomainName, string][] = [
  ['http-search', 'api_latency', 'node server.mjs'],
  ['notes-cli', 'cli_startup', 'node bin/notes.mjs --help'],
  ['moving-bars', 'render_fps', 'node bench.mjs'],
  ['site-build', 'build_time', 'node build.mjs'],
  ['icon-bundle', 'bundle_size', 'node build.mjs'],
  ['log-summary', 'memory_peak', 'node summary.mjs'],
  ['pg-orders', 'db_query', 'sh bench.sh'],
  ['agent-hook', 'hook_latency', guard],
];

test.each(expected)('in %s the first command that is offered for %s reproduces it', (name, domain, command) => {
  expect(candidatesFor(domain, recon(example(name).root))[0]?.command).toBe(command);
});

test('in sqlite-orders it is the query, once a database exists', () => {
  const repo = example('sqlite-orders');
  repo.write('shop.db', '');
  expect(recon(join(repo.root)).scripts[0]?.command).toBe('sqlite3 shop.db < query.sql');
});
