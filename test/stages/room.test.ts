import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRepo } from '../../src/git/repo.ts';
import { mustHaveRoom } from '../../src/stages/shared/room.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

it('copies that cannot fit are refused before the first is made, with what is needed and what is free', async () => {
  const test = repository({ 'a.txt': 'a' });
  const repo = await openRepo(test.root);
  const place = join(temporaryFolder(), 'arms');
  await expect(mustHaveRoom({ repo, place })).resolves.toBeUndefined();
  // A sparse file: it says that it is huge, and takes no room itself.
  const huge = join(test.root, 'huge.bin');
  writeFileSync(huge, '');
  truncateSync(huge, 15 * 1024 ** 4);
  await expect(mustHaveRoom({ repo, place })).rejects.toMatchObject({ code: 'no_space', exitCode: 3 });
});
