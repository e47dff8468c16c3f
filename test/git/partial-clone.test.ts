import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { at, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

/** A clone without blobs of the folder `big`, whose remote is gone. */
function offline() {
  const remote = countingProject({}, { 'big/data': 'never fetched\n' });
  remote.git('config', 'uploadpack.allowFilter', 'true');
  const root = join(temporaryFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', '--filter=blob:none', '--sparse', `file://${remote.root}`, root]);
  const clone = at(root);
  clone.git('config', 'user.name', 'A User');
  clone.git('config', 'user.email', 'user@example.org');
  renameSync(remote.root, `${remote.root}-away`);
  return clone;
}

it('a run in a sparse, partial clone needs no network, and keeps files that were never fetched', async () => {
  const clone = offline();
  const ended = await perfgate.json(clone.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(clone.git('diff', '--name-only', 'main', 'HEAD')).toBe('work.sh');
  expect(clone.git('ls-tree', '-r', '--name-only', 'HEAD')).toContain('big/data');
});

it('a comparison that needs an object which cannot be fetched is refused with its id', async () => {
  const clone = offline();
  clone.git('commit', '--quiet', '--allow-empty', '--message', 'second');
  const refused = await perfgate.json(clone.root, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  expect(refused).toMatchObject({ code: 3, error: { code: 'object_missing' } });
});
