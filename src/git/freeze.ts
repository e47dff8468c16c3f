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
 * FIFOs, devices, unreadable files) is named. Left out at every depth: `.git`, `.perf-gate`, linked worktrees, and `dir`
 * itself. Throws `arm_leads_back` when the copy would run code of the original.
 */
export async function freeze(repo: Place, dir: string): Promise<{ skipped: string[] }> {
  freshFolder(repo, dir);
  const skipped: string[] = [];
  for await (const { path, kind } of walk(repo.root, await leftOut(repo, dir))) {
    const from = join(repo.root, path);
    const to = join(dir, path);
    if (kind === 'link') {
      copyCheckedLink(repo.root, path, to);
      continue;
    }
    if (!copyEntry(from, to, kind)) skipped.push(path);
    else if (kind === 'file') refuse(path, readsBack(repo.root, path));
  }
  return { skipped: skipped.sort() };
}

/** Bytes that `freeze` would copy; a file system with reflinks needs far fewer. */
export async function diskNeeded(repo: Place): Promise<number> {
  let bytes = 0;
  for await (const { path, kind } of walk(repo.root, await leftOut(repo, repo.gitDir))) {
    if (kind === 'file') bytes += lstatSync(join(repo.root, path), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** A relative link out of the project would lead elsewhere from the copy's place: it becomes absolute. */
function copyCheckedLink(root: string, path: string, to: string): void {
  const text = readlinkSync(join(root, path));
  const lead = followLink(root, path, text);
  if (lead.to === 'back') refuse(path, lead.target);
  makeLink(lead.to === 'outside' ? lead.target : text, to);
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
