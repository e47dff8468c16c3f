import { existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove, temporaryDir, writeWhole } from '../core/fs.ts';
import { bareBones } from './arm-repository.ts';
import { git, gitIn, output, type Place } from './git.ts';

/** A bundle file. `bytes`: its size. `shallow`: commits whose parents are not in the bundle. */
export type Bundle = { bytes: number; shallow: string[] };

/** Two commits that are sent to another machine. */
type Ends = { base: string; head: string };

/**
 * Writes a git bundle of two commits with their history and tags. If the bundle exceeds `most` bytes and `mayCut` is set, the history is
 * left out, so that the file contains only the two commits.
 */
export async function writeBundle(
  repo: Place,
  ends: Ends,
  to: { file: string; most: number; mayCut: boolean },
): Promise<Bundle> {
  const whole = await bundled(repo, ends, { file: to.file, cut: false });
  return whole.bytes <= to.most || !to.mayCut ? whole : bundled(repo, ends, { file: to.file, cut: true });
}

async function bundled(
  repo: Place,
  { base, head }: Ends,
  { file, cut }: { file: string; cut: boolean },
): Promise<Bundle> {
  const root = temporaryDir(tmpdir(), 'perf-gate-clone-');
  try {
    // a bundle needs refs, so they are made in a temporary repository: perf-gate adds no ref to the user's repository for a bundle
    const gitDir = join(root, 'repository');
    const { folder } = await bareBones(repo, gitDir);
    const known = join(folder, 'shallow');
    const shallow = cut ? [base, head] : existsSync(known) ? linesOf(readFileSync(known, 'utf8')) : [];
    if (shallow.length > 0) writeWhole(join(gitDir, 'shallow'), `${shallow.join('\n')}\n`);
    const place = { root, gitDir };
    const tags = cut ? [] : await tagsOn(repo, [base, head]);
    const refs = [[base, 'refs/heads/base'], [head, 'refs/heads/head'], ...tags] as const;
    const created = refs.map(([id, ref]) => `create ${ref}\0${id}\0`).join('');
    await git(place, ['update-ref', '--no-deref', '-z', '--stdin'], { input: created });
    await git(place, ['bundle', 'create', '--quiet', file, '--all']);
    return { bytes: statSync(file).size, shallow };
  } finally {
    remove(root);
  }
}

/** The tags in the history of the commits. `git describe` needs these tags. */
async function tagsOn(repo: Place, commits: readonly string[]): Promise<(readonly [id: string, ref: string])[]> {
  const merged = commits.map((commit) => `--merged=${commit}`);
  const listed = await git(repo, ['for-each-ref', ...merged, '--format=%(objectname) %(refname)', 'refs/tags/']);
  return linesOf(listed).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
}

/** Makes a repository from a bundle in an empty folder, with the commit `head` checked out. @throws git_failed */
export async function fromBundle(
  dir: string,
  file: string,
  { head, shallow }: { head: string; shallow: readonly string[] },
): Promise<void> {
  const format = head.length === 64 ? ['--object-format=sha256'] : [];
  await ask(dir, ['init', '--quiet', '--initial-branch=main', ...format]);
  const gitDir = join(dir, '.git');
  if (shallow.length > 0) writeWhole(join(gitDir, 'shallow'), `${shallow.join('\n')}\n`);
  // `git fetch` is not used, because it refuses a bundle that lacks the parents of its commits
  const refs = linesOf(await ask(dir, ['bundle', 'unbundle', file]));
  const created = refs.flatMap((line) => {
    const [, id, tag] = /^([0-9a-f]{40,64}) (refs\/tags\/\S+)$/.exec(line) ?? [];
    return tag === undefined ? [] : [`create ${tag}\0${id}\0`];
  });
  const place = { root: dir, gitDir };
  await git(place, ['update-ref', '--no-deref', '-z', '--stdin'], { input: created.join('') });
  await git(place, ['checkout', '--quiet', '--force', '--detach', head]);
}

async function ask(dir: string, args: readonly string[]): Promise<string> {
  return output(args, await gitIn(dir, args));
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
