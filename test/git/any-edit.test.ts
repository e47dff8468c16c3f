import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { revert } from '../../src/git/revert.ts';
import { filesUnder, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

/** Names that get into each other's way: files, folders and links may stand at each of them. */
const names = ['a', 'a/b', 'a/b/c', 'd', 'd/e', 'ü x', '-f\n', 'g/.gitattributes', 'g/h'];
const content = fc.constantFrom('100644 1', '100644 22', '100755 1', '120000 a', '120000 nowhere');
const files = fc
  .array(fc.tuple(fc.constantFrom(...names), content), { maxLength: 7 })
  .map((all) => Object.fromEntries(all.filter(([path], i) => all.slice(0, i).every(([p]) => apart(p, path)))));
const apart = (p: string, q: string) => p !== q && !p.startsWith(`${q}/`) && !q.startsWith(`${p}/`);

type Files = Record<string, string>;

/** Makes the work tree hold exactly these files. */
function lay(test: TestRepository, wanted: Files): void {
  for (const path of Object.keys(test.files())) if (!path.includes('/')) test.remove(path);
  for (const folder of ['a', 'd', 'g'])
    if (Object.keys(test.files()).some((p) => p.startsWith(`${folder}/`))) test.remove(folder);
  for (const [path, entry] of Object.entries(wanted)) {
    const [mode, text] = [entry.slice(0, 6), entry.slice(7)];
    if (mode === '120000') test.link(path, text);
    else test.write(path, text, mode === '100755' ? 0o755 : 0o644);
  }
}

/** Some files tracked, the rest untracked; then an edit. */
async function edited(tracked: Files, before: Files, after: Files) {
  const test = repository({});
  lay(test, tracked);
  test.commit('tracked');
  const untracked = Object.entries(before).filter(([path]) => Object.keys(tracked).every((p) => apart(p, path)));
  const start = { ...tracked, ...Object.fromEntries(untracked) };
  lay(test, start);
  return { test, start, made: await attempted(test, () => lay(test, after)) };
}

const runs = { numRuns: 8 };

test('any edit is reverted to the earlier state', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, files, async (tracked, before, after) => {
      const { test, start, made } = await edited(tracked, before, after);
      expect((await revert(made.repo, made)).left).toEqual([]);
      expect(test.files()).toEqual(start);
    }),
    runs,
  );
});

test('whatever the user does after an attempt survives its revert', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, files, async (tracked, after, users) => {
      const { test, made } = await edited(tracked, {}, after);
      lay(test, users);
      const { left } = await revert(made.repo, made);
      const found = test.files();
      for (const [path, entry] of Object.entries(users)) {
        if (entry === after[path]) continue;
        expect(found[path], path).toBe(entry);
        if (tracked[path] !== after[path] && entry !== tracked[path]) expect(left, path).toContain(path);
      }
      await revert(made.repo, made);
      expect(test.files()).toEqual(found);
    }),
    runs,
  );
});

test('any edit is accepted as it was measured: commit, work tree and arm agree', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, async (tracked, after) => {
      const { test, made } = await edited(tracked, {}, after);
      const { commit } = await accept(made.repo, { ...made, message: 'm' });
      expect(test.git('status', '--porcelain')).toBe('');
      expect(test.files()).toEqual(after);
      const home = temporaryFolder();
      test.git('checkout', '--quiet', '--detach', made.base);
      await freeze(made.repo, join(home, 'frozen'));
      const frozen = { frozen: { dir: join(home, 'frozen'), tree: made.base } };
      await prepareArm(made.repo, { dir: join(home, 'arm'), ...frozen, tree: commit ?? made.tip });
      expect(filesUnder(join(home, 'arm'))).toEqual(after);
    }),
    runs,
  );
});
