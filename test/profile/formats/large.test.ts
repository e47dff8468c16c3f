import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kinds, writeProfile } from '../../../benchmarks/profiles/write.ts';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { folder } from '../../helpers/folder.ts';

test.each(kinds)('the benchmark’s file for %s is a profile', async (kind) => {
  const file = join(folder(), kind);
  expect(writeProfile(kind, file, 5e6)).toBeGreaterThan(4e6);
  const { nodes, samples, total } = await readProfile(file);
  expect(nodes.length).toBeGreaterThan(20);
  expect(samples).toBeGreaterThan(20);
  expect(total).toBeGreaterThan(0);
});
