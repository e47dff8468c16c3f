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

test('a template takes the command that recon found', () => {
  const root = folder({ 'package.json': JSON.stringify({ scripts: { start: 'node app.mjs', bench: 'node b.mjs' } }) });
  expect(templateOf('db_query', recon(root))).toMatchObject({
    found: true,
    contract: { repro: { script: 'node b.mjs' } },
  });
  expect(templateOf('api_latency', recon(root)).contract.repro).toMatchObject({ service: { start: 'node app.mjs' } });
});
