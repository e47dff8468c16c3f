import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { makeDir, makeLink, remove } from '../core/fs.ts';
import { copyEntry, type Entry, entriesOf, refuseHolder, walk } from './copy-tree.ts';
import { identityOf, readOriginals, writeOriginals } from './frozen-copy.ts';
import { fields, git, type Place } from './git.ts';
import { followLink, readsBack } from './links.ts';
import { madeAt, markMade, unmark } from './marks.ts';
import { mirror, type OnCopy } from './mirror.ts';

/**
 * Options of `freeze`. `arms`: folders that were made from an earlier copy. If `freeze` copies a file again, it deletes the old file in
 * these folders, so that no arm keeps an old version.
 */
type Around = { arms?: readonly string[]; onCopy?: OnCopy };

/**
 * Copies the whole work tree, with ignored files, into `dir`. The copy leaves out `dir` itself. At every depth, it leaves out `.git`,
 * `.perf-gate` and linked worktrees. A file of an earlier copy in `dir` stays if neither the file nor its original has changed since.
 * `skipped`: paths that could not be copied, such as sockets, FIFOs, devices, unreadable files, and names that are not UTF-8.
 * @throws arm_leads_back: if the copy would run code of the original
 */
export async function freeze(
  repo: Place,
  dir: string,
  { arms = [], onCopy }: Around = {},
): Promise<{ skipped: string[] }> {
  refuseHolder(repo, dir);
  makeDir(dir);
  const earlier = { made: madeAt(dir) ?? Number.NEGATIVE_INFINITY, originals: readOriginals(dir) };
  unmark(dir);
  const skipped: string[] = [];
  const entries = await entriesOf(repo.root, await leftOut(repo, dir));
  const earlierArms = arms.filter((arm) => existsSync(arm));
  await mirror(entries, dir, {
    keeps: (entry, found) =>
      entry.kind === 'file' &&
      found.nlink === 1 &&
      found.ctimeMs <= earlier.made &&
      earlier.originals[entry.path] === identityOf(entry.stat),
    async make(entry) {
      const { path, kind } = entry;
      for (const arm of earlierArms) remove(join(arm, path));
      const [from, to] = [join(repo.root, path), join(dir, path)];
      const copied = kind === 'link' ? copyCheckedLink(repo.root, path, to) : await copyEntry(from, to, entry);
      if (!copied) skipped.push(path);
      else if (kind === 'file') refuse(path, readsBack(repo.root, path));
    },
    ...(onCopy ? { onCopy } : {}),
  });
  writeOriginals(dir, originalsOf(entries, new Set(skipped)));
  await markMade(dir);
  return { skipped: skipped.sort() };
}

function originalsOf(entries: readonly Entry[], skipped: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(({ path, stat }) => (stat && !skipped.has(path) ? [[path, identityOf(stat)]] : [])),
  );
}

/**
 * The number of bytes that `freeze` would copy, and the path and size of the largest file or folder at the project's top level. Copies by
 * reflink need far less disk space.
 */
export async function diskNeeded(repo: Place): Promise<{ bytes: number; largest: { path: string; bytes: number } }> {
  const sizes = new Map<string, number>();
  for await (const { path, kind, stat } of walk(repo.root, await leftOut(repo, repo.gitDir))) {
    if (kind !== 'file') continue;
    const [top = ''] = path.split('/', 1);
    sizes.set(top, (sizes.get(top) ?? 0) + stat.size);
  }
  const largest = { path: '', bytes: 0 };
  for (const [path, bytes] of sizes) if (bytes > largest.bytes) Object.assign(largest, { path, bytes });
  return { bytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0), largest };
}

/**
 * Copies a link. If a relative link leads out of the project, its copy is an absolute link, because a relative link would lead elsewhere
 * from the copy. Returns false for a link that has just vanished.
 */
function copyCheckedLink(root: string, path: string, to: string): boolean {
  const text = readLink(join(root, path));
  if (text === undefined) return false;
  const lead = followLink(root, path, text);
  if (lead.to === 'back') refuse(path, lead.target);
  makeLink(lead.to === 'outside' ? lead.target : text, to);
  return true;
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function refuse(path: string, target: string | undefined): void {
  if (target !== undefined) throw failure('arm_leads_back', { path, target });
}

async function leftOut(repo: Place, dir: string): Promise<(path: string) => boolean> {
  const listed = fields(await git(repo, ['worktree', 'list', '--porcelain', '-z']));
  const worktrees = listed.filter((l) => l.startsWith('worktree ')).map((l) => l.slice('worktree '.length));
  const folders = new Set([...worktrees.filter((path) => path !== repo.root), realpathSync(dir)]);
  return (path) => /(^|\/)\.(git|perf-gate)$/.test(path) || folders.has(join(repo.root, path));
}
