import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { folder } from '../../helpers/folder.ts';

const content = JSON.stringify({ nodes: [], samples: [], timeDeltas: [] });

test('a CPU profile is recognised by its content, regardless of its name', async () => {
  expect(await readProfile(`${folder({ 'p.json': content })}/p.json`)).toMatchObject({
    format: 'cpuprofile',
    total: 0,
  });
});

test.each([
  ['a file in another format', { 'a.txt': 'nothing known' }, 'a.txt', 'found text that begins with “nothing known”'],
  ['a folder without files', {}, '', 'found no file'],
  ['a path where nothing is', {}, 'none.cpuprofile', 'found nothing'],
])('%s: not read, with the reason', async (_, files, name, problem) => {
  await expect(readProfile(`${folder(files)}/${name}`)).rejects.toMatchObject({
    code: 'profile_unreadable',
    message: expect.stringContaining(problem),
  });
});
