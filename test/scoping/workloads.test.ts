import { expect, test } from 'vitest';
import { recon } from '../../src/scoping/recon/recon.ts';
import { folder } from '../helpers/folder.ts';

const commands = (files: Record<string, string>) => recon(folder(files)).scripts.map(({ command }) => command);

test('a query runs in the project’s SQLite file, or else in PostgreSQL', () => {
  expect(commands({ 'slow-orders.sql': '', 'shop.db': '' })).toContain('sqlite3 shop.db < slow-orders.sql');
  expect(commands({ 'sql/query.sql': '', 'schema.sql': '' })).toEqual([
    'psql --no-psqlrc --set=ON_ERROR_STOP=1 --file sql/query.sql',
  ]);
});

test('a hook program is a candidate if the project has an event file', () => {
  expect(commands({ 'hooks/guard.sh': '', 'event.json': '{}' })).toContain('sh hooks/guard.sh < event.json');
  expect(commands({ 'hooks/guard.sh': '' })).toEqual([]);
  expect(commands({ 'hooks/useNotes.js': '', 'event.json': '{}' })).toEqual([]);
});
