import { expect, test } from 'vitest';
import { checkContract } from '../../src/contract/parse.ts';
import { domainNames } from '../../src/core/domain-names.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { templateOf } from '../../src/scoping/template.ts';
import { project } from '../helpers/folder.ts';

test.each(domainNames)('the template of %s is a valid contract, in an empty project too', (domain) => {
  const { contract, found } = templateOf(domain, recon(project({ 'README.md': '' })));
  expect(checkContract(contract, 'template').domain).toBe(domain);
  expect(found).toBe(false);
});

test('a template takes the command that was found', () => {
  const root = project({ 'package.json': JSON.stringify({ scripts: { start: 'node app.mjs', bench: 'node b.mjs' } }) });
  expect(templateOf('db_query', recon(root))).toMatchObject({
    found: true,
    contract: { repro: { script: 'node b.mjs' } },
  });
  expect(templateOf('api_latency', recon(root)).contract.repro).toMatchObject({ service: { start: 'node app.mjs' } });
});

const commands = (files: Record<string, string>) => recon(project(files)).scripts.map(({ command }) => command);

test('a query is run against the database that lies in the project, else against PostgreSQL', () => {
  expect(commands({ 'slow-orders.sql': '', 'shop.db': '' })).toContain('sqlite3 shop.db < slow-orders.sql');
  expect(commands({ 'sql/query.sql': '', 'schema.sql': '' })).toEqual([
    'psql --no-psqlrc --set=ON_ERROR_STOP=1 --file sql/query.sql',
  ]);
});

test('a hook is a repro where there is an event to give it', () => {
  expect(commands({ 'hooks/guard.sh': '', 'event.json': '{}' })).toContain('sh hooks/guard.sh < event.json');
  expect(commands({ 'hooks/guard.sh': '' })).toEqual([]);
  expect(commands({ 'hooks/useNotes.js': '', 'event.json': '{}' })).toEqual([]);
});
