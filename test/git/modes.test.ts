import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modesOf } from '../../src/git/modes.ts';
import { openRepo } from '../../src/git/repo.ts';
import { reapply, revert } from '../../src/git/revert.ts';
import { snapshotOf } from '../../src/git/snapshot.ts';
import { repository } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

const root = process.getuid?.() === 0;

/** A repository with a secret and a program that git knows, a note that it does not know, and a folder that is closed to others. */
function guarded() {
  const made = repository({ 'secret.key': 'a', 'run.sh': 'b', 'closed/deep/x.txt': 'c', 'plain.txt': 'd' });
  const at = (path: string) => join(made.root, path);
  writeFileSync(at('note'), 'untracked');
  chmodSync(at('secret.key'), 0o600);
  chmodSync(at('run.sh'), 0o700);
  made.commit('one that runs');
  chmodSync(at('note'), 0o640);
  chmodSync(at('closed'), 0o700);
  chmodSync(at('closed/deep/x.txt'), 0o444);
  if (root) chownSync(at('secret.key'), 1234, 1235);
  return { made, at, stat: (path: string) => statSync(at(path)) };
}
const bits = (mode: number) => (mode & 0o7777).toString(8);

test('a file that is written again keeps its mode and owner, and so does its folder', async () => {
  const { made, at, stat } = guarded();
  const attempt = await attempted(made, () => {
    rmSync(at('secret.key'));
    writeFileSync(at('secret.key'), 'changed', { mode: 0o644 });
    rmSync(at('closed'), { recursive: true });
    rmSync(at('note'));
    writeFileSync(at('run.sh'), 'changed');
    chmodSync(at('run.sh'), 0o755);
    writeFileSync(at('plain.txt'), 'changed');
    chmodSync(at('plain.txt'), 0o600);
  });
  await revert(attempt.repo, attempt);
  const modes = ['secret.key', 'run.sh', 'note', 'closed', 'closed/deep/x.txt'].map((path) => bits(stat(path).mode));
  expect(modes).toEqual(['600', '700', '640', '700', '444']);
  expect(bits(stat('plain.txt').mode)).toBe(bits(0o666 & ~process.umask()));
  if (root) expect([stat('secret.key').uid, stat('secret.key').gid]).toEqual([1234, 1235]);
});

test('an attempt that is applied again has the modes that it had', async () => {
  const { made, at, stat } = guarded();
  const attempt = await attempted(made, () => {
    mkdirSync(at('new'), { mode: 0o700 });
    writeFileSync(at('new/token'), 'x', { mode: 0o600 });
  });
  await revert(attempt.repo, attempt);
  await reapply(attempt.repo, { ...attempt, modes: await modesOf(attempt.repo, attempt.attempt) });
  expect([bits(stat('new').mode), bits(stat('new/token').mode)]).toEqual(['700', '600']);
});

test('a path with any name keeps its mode, and a snapshot without odd modes records none', async () => {
  const { made, at, stat } = guarded();
  const odd = 'ä b\n%41 🎈';
  writeFileSync(at(odd), 'x');
  chmodSync(at(odd), 0o600);
  const attempt = await attempted(made, () => rmSync(at(odd)));
  await revert(attempt.repo, attempt);
  expect(bits(stat(odd).mode)).toBe('600');
  const plain = await attempted(repository({ 'a.txt': 'a' }), () => {});
  expect(plain.modes.size).toBe(0);
});

test('a snapshot of a given tree records the modes too', async () => {
  const { made } = guarded();
  const repo = await openRepo(made.root);
  const parent = made.git('rev-parse', 'HEAD');
  const { commit } = await snapshotOf(repo, `${made.git('rev-parse', 'HEAD^{tree}')}`, {
    ref: 'refs/perf-gate/r/base',
    message: 'base',
    parent,
  });
  expect((await modesOf(repo, commit)).get('secret.key')?.mode).toBe(0o600);
});
