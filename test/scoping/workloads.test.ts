import { expect, test } from 'vitest';
import { recon } from '../../src/scoping/recon/recon.ts';
import { project } from '../helpers/folder.ts';

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
