import { join } from 'node:path';
import { run } from '../../src/core/exec.ts';
import { makeDir, writeWhole } from '../../src/core/fs.ts';
import { openRepo, type Repo } from '../../src/git/repo.ts';
import { seededRandom } from '../../src/stats/rng.ts';

/** Files per folder, and folders per package, as in a typical `node_modules`. */
const [IN_FOLDER, IN_PACKAGE] = [9, 4];
const LINE = '// a line of sixty-three characters, as a package would have it\n';

/** A repository of one tracked file and `files` ignored ones, of 1 to 250 kB and 26 kB on average. Returns it with its size in bytes. */
export async function projectWith(root: string, files: number): Promise<{ repo: Repo; bytes: number }> {
  const random = seededRandom(`${files} files`);
  makeDir(root);
  await git(root, 'init', '--quiet');
  writeWhole(join(root, '.gitignore'), 'node_modules/\n');
  writeWhole(join(root, 'main.js'), '');
  await git(root, 'add', '--all');
  await git(root, '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '--message', 'first');
  let bytes = 0;
  for (let i = 0; i < files; i++) {
    const folder = Math.floor(i / IN_FOLDER);
    const path = ['node_modules', `package-${Math.floor(folder / IN_PACKAGE)}`, `folder-${folder % IN_PACKAGE}`];
    const lines = Math.round(16 * 250 ** (random() ** 1.35));
    writeWhole(join(root, ...path, `file-${i}.js`), LINE.repeat(lines));
    bytes += lines * LINE.length;
  }
  return { repo: await openRepo(root), bytes };
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  const ended = await run('git', args, { cwd });
  if (ended.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`);
}
