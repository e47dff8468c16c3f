import { expect, test } from 'vitest';
import { checkContract } from '../../src/contract/parse.ts';
import { domainNames } from '../../src/core/domain-names.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { templateOf } from '../../src/scoping/template.ts';
import { folder } from '../helpers/folder.ts';

test.each(domainNames)('the template of %s is a valid contract, in an empty project too', (domain) => {
  const { contract, found } = templateOf(domain, recon(folder({ 'README.md': '' })));
  expect(checkContract(contract, 'template').domain).toBe(domain);
  expect(found).toBe(false);
});

test('a template uses the command that recon found', () => {
  const root = folder({ 'package.json': JSON.stringify({ scripts: { start: 'node app.mjs', bench: 'node b.mjs' } }) });
  expect(templateOf('db_query', recon(root))).toMatchObject({
    found: true,
    contract: { repro: { script: 'node b.mjs' } },
  });
  expect(templateOf('api_latency', recon(root)).contract.repro).toMatchObject({ service: { start: 'node app.mjs' } });
});

test.each([
  ['python', { 'pyproject.toml': '', 'bench_notes.md': '' }, 'python3 bench.py', 'python3 server.py'],
  ['rust', { 'Cargo.toml': '', 'src/lib.rs': '' }, 'target/release/bench', 'target/release/server'],
  ['c', { Makefile: '', 'a.c': '' }, './bench', './server'],
])('the example command in a %s project is of that language', (language, files, script, start) => {
  const found = { ...recon(folder(files as unknown as Record<string, string>)), scripts: [] };
  expect(found.language).toBe(language);
  expect(templateOf('custom', found).contract.repro.script).toBe(script);
  expect(templateOf('api_latency', found).contract.repro.service?.start).toBe(start);
});
