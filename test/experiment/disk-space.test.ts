import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { World } from '../../src/core/world.ts';
import { mustHaveRoom } from '../../src/experiment/arms-folder.ts';
import { openRepo } from '../../src/git/repo.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

/** A project with a sparse file, which says that it is huge and takes no room itself. */
async function projectOf(bytes: number) {
  const test = repository({ 'a.txt': 'a', 'data/b.txt': 'b' });
  writeFileSync(join(test.root, 'data/huge.bin'), '');
  truncateSync(join(test.root, 'data/huge.bin'), bytes);
  const told: unknown[] = [];
  const { signal } = new AbortController();
  const world: World = {
    cwd: test.root,
    env: {},
    clock: systemClock,
    signal,
    notify: (event) => told.push(event),
  };
  return { told, at: { repo: await openRepo(test.root), folder: join(temporaryFolder(), 'arms'), world } };
}

it('copies that cannot fit are refused before the first is made, with what is needed, what is free and what is largest', async () => {
  const { at } = await projectOf(15 * 1024 ** 4);
  await expect(mustHaveRoom(at)).rejects.toMatchObject({
    code: 'no_space',
    exitCode: 3,
    message: expect.stringMatching(/47185921 MB needed, \d+ MB free. The largest part is data\./),
  });
});

it('large copies cause a note, and small ones do not', async () => {
  const small = await projectOf(1024);
  await mustHaveRoom(small.at);
  expect(small.told).toEqual([]);
  const large = await projectOf(1100 * 1024 ** 2);
  await mustHaveRoom(large.at);
  expect(large.told).toMatchObject([
    {
      kind: 'note',
      text: expect.stringMatching(/copies 1100 MB for each arm\. The largest part is data \(1100 MB\)\./),
    },
  ]);
});
