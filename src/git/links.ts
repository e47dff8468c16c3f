import { dirname, join, normalize } from 'node:path';
import { fields, git, type Place } from './git.ts';

/**
 * What the links of a tree lead to within it, where `asked` says yes to the link; a link that such a link leads to is followed too.
 * Paths are relative to git's top level.
 */
export async function leadsOf(repo: Place, tree: string, asked: (path: string) => boolean): Promise<string[]> {
  const links = await linksIn(repo, tree);
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { path, blob } of links) {
      if (!asked(path) && !found.has(path)) continue;
      const target = normalize(join(dirname(path), await git(repo, ['cat-file', 'blob', blob])));
      if (!target.startsWith('..') && !target.startsWith('/')) found.add(target.replace(/\/$/, ''));
    }
  }
  return [...found];
}

async function linksIn(repo: Place, tree: string): Promise<{ path: string; blob: string }[]> {
  const listed = fields(await git(repo, ['ls-tree', '-r', '-z', '--full-tree', tree]));
  return listed.flatMap((line) => {
    const [, blob, path] = /^120000 blob (\S+)\t(.*)$/s.exec(line) ?? [];
    return blob && path ? [{ blob, path }] : [];
  });
}
