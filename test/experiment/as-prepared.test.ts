import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asPrepared } from '../../src/experiment/as-prepared.ts';
import { ownFrom } from '../../src/measure/sessions/turns.ts';
import { filesUnder, temporaryFolder } from '../helpers/repository.ts';

const prepared = () => {
  const home = temporaryFolder();
  const dir = join(home, 'b');
  mkdirSync(join(dir, 'src'), { recursive: true });
  writeFileSync(join(dir, 'src/a.js'), '1');
  return { dir, arm: { dir, env: {}, own: ownFrom([dir], join(home, 'turn')) } };
};

test('added files are removed, so that the arm is as prepared', async () => {
  const { dir, arm } = prepared();
  const back = await asPrepared(arm);
  mkdirSync(join(dir, '.cache/deep'), { recursive: true });
  writeFileSync(join(dir, '.cache/deep/x'), '');
  writeFileSync(join(dir, 'src/report.xml'), '');
  expect(await back()).toBe(true);
  expect(filesUnder(dir)).toEqual({ 'src/a.js': '100644 1' });
});

test.for<[string, (dir: string) => void]>([
  ['written', (dir) => writeFileSync(join(dir, 'src/a.js'), '1')],
  ['removed', (dir) => rmSync(join(dir, 'src/a.js'))],
  ['given other rights', (dir) => chmodSync(join(dir, 'src'), 0o700)],
])('a file or folder that was %s cannot be restored', async ([, deed]) => {
  const { dir, arm } = prepared();
  const back = await asPrepared(arm);
  deed(dir);
  expect(await back()).toBe(false);
});

test('the user’s own tree is never changed back', async () => {
  const { dir } = prepared();
  expect(await (await asPrepared({ dir, env: {} }))()).toBe(false);
});
