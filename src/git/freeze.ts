import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { makeLink } from '../core/fs.ts';
import { copyEntry, walk } from './copy-tree.ts';
import { freshFolder } from './fresh-folder.ts';
import { fields, git, type Place } from './git.ts';
import { followLink, readsBack } from './leads-back.ts';

/**
 * Copies the whole work tree, ignored files too, into `dir`, which is emptied first. What could not be copied (sockets,
 * FIFOs, devices, unreadable files, names that are no UTF-8) is named. Left out at every depth: `.git`, `.perf-gate`,
 * linked worktrees, and `dir` itself. Throws `arm_leads_back` when the copy would run code of the original.
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

/** Bytes that `freeze` would copy, a file system with reflinks needs far fewer; and the entry of the top level with the most of them. */
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

/** A relative link out of the project would lead elsewhere from the copy's place: it becomes absolute. False for one that has just gone. */
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
