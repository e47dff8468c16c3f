import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changes, diffStat, patch } from '../../src/git/changes.ts';
import { openRepo } from '../../src/git/repo.ts';
import { repository } from '../helpers/repository.ts';

test('changes are listed path by path, with type and mode, without perf-gate’s own files', async () => {
  const test = repository({
    'a.js': '1',
    'gone.js': 'x',
    'tool.sh': '1',
    'becomes link': '1',
    '.perf-gate/config.yaml': '1',
  });
  test.git('config', 'diff.renames', 'copies');
  test.git('mv', 'gone.js', 'moved.js');
  test.write('a.js', '2');
  test.write('tool.sh', '1', 0o755);
  test.remove('becomes link');
  test.link('becomes link', 'a.js');
  test.write('ünï\n"x"', '1');
  test.write('.perf-gate/config.yaml', '2');
  test.commit('two');
  const found = await changes(await openRepo(test.root), 'HEAD^', 'HEAD');
  expect(found.map((c) => [c.path, c.status, c.mode_from, c.mode_to])).toEqual([
    ['a.js', 'modified', '100644', '100644'],
    ['becomes link', 'type', '100644', '120000'],
    ['gone.js', 'deleted', '100644', '000000'],
    ['moved.js', 'added', '000000', '100644'],
    ['tool.sh', 'modified', '100644', '100755'],
    ['ünï\n"x"', 'added', '000000', '100644'],
  ]);
  expect(found[0]!.blob_to).toBe(test.git('rev-parse', 'HEAD:a.js'));
});

test('a changed path that is not UTF-8 is refused', async () => {
  const test = repository({ 'a.js': '1' });
  writeFileSync(Buffer.concat([Buffer.from(`${test.root}/`), Buffer.from([0x66, 0xff])]), '1');
  test.commit('two');
  const asked = changes(await openRepo(test.root), 'HEAD^', 'HEAD');
  await expect(asked).rejects.toMatchObject({ code: 'path_not_utf8' });
});

test('the table and the patch of a change do not depend on the user’s settings, and the patch applies', async () => {
  const test = repository({ 'a.js': '1\n', 'gone.js': '1\n' });
  test.git('config', 'color.ui', 'always');
  test.git('config', 'diff.external', 'false');
  test.git('config', 'diff.noprefix', 'true');
  test.write('a.js', '2\n');
  test.write('data.bin', new Uint8Array([0, 1, 2, 255]));
  test.git('mv', 'gone.js', 'moved.js');
  test.commit('two');
  const repo = await openRepo(test.root);
  expect(await diffStat(repo, 'HEAD^', 'HEAD')).toBe(
    [' a.js     |   2 +-', ' data.bin | Bin 0 -> 4 bytes', ' gone.js  |   1 -', ' moved.js |   1 +']
      .concat(' 4 files changed, 2 insertions(+), 2 deletions(-)')
      .join('\n'),
  );
  expect(await diffStat(repo, 'HEAD', 'HEAD')).toBe('');
  const text = await patch(repo, 'HEAD^', 'HEAD');
  test.git('checkout', '--quiet', '--detach', 'HEAD^');
  test.write('.git/x.patch', text);
  test.git('apply', '--index', '.git/x.patch');
  expect(test.git('write-tree')).toBe(test.git('rev-parse', 'main^{tree}'));
});
