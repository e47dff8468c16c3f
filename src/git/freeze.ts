import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { makeLink } from '../core/fs.ts';
import { copyEntry, freshFolder, walk } from './copy-tree.ts';
import { fields, git, type Place } from './git.ts';
import { followLink, readsBack } from './links.ts';

/**
 * Copies the whole work tree, with ignored files, into `dir`, which is emptied first. Leaves out, at every depth, `.git`, `.perf-gate`,
 * linked worktrees and `dir` itself. Returns the paths that could not be copied: sockets, FIFOs, devices, unreadable files, names that
 * are not UTF-8.
 * @throws arm_leads_back: if the copy would run code of the original
 */
export async function freeze(repo: Place, dir: string): Promise<{ skipped: string[] }> {
  freshFolder(repo, dir);
  const skipped: string[] = [];
  for await (const { path, kind } of walk(repo.root, await leftOut(repo, dir))) {
    const from = join(repo.root, path);
    const to = join(dir, path);
    const copied = kind === 'link' ? copyCheckedLink(repo.root, path, to) : copyEntry(from, to, kind);
    if (!copied) skipped.push(path);
    else if (kind === 'file') refuse(path, readsBack(repo.root, path));
  }
  return { skipped: skipped.sort() };
}

/** The bytes that `freeze` would copy (with reflinks the disk needs far fewer), and the largest entry of the top level. */
export async function diskNeeded(repo: Place): Promise<{ bytes: number; largest: { path: string; bytes: number } }> {
  const sizes = new Map<string, number>();
  for await (const { path, kind } of walk(repo.root, await leftOut(repo, repo.gitDir))) {
    if (kind !== 'file') continue;
    const [top = ''] = path.split('/', 1);
    const size = lstatSync(join(repo.root, path), { throwIfNoEntry: false })?.size ?? 0;
    sizes.set(top, (sizes.get(top) ?? 0) + size);
  }
  const largest = { path: '', bytes: 0 };
  for (const [path, bytes] of sizes) if (bytes > largest.bytes) Object.assign(largest, { path, bytes });
  return { bytes: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0), largest };
}

/** Copies a link. A relative link out of the project becomes absolute, because it would lead elsewhere from the copy. False for a link that has just gone. */
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
