import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The folders in which git writes for a project. One is the top folder of the project's work tree. For a linked work tree, another is the
 * folder of the repository.
 */
export function gitFolders(project: string): string[] {
  const top = above(project).find((folder) => existsSync(join(folder, '.git')));
  if (top === undefined) return [];
  const git = join(top, '.git');
  if (!statSync(git).isFile()) return [top];
  const [, linked] = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8')) ?? [];
  // <repository>/worktrees/<name>
  return linked === undefined ? [top] : [top, resolve(top, linked, '../..')];
}

function above(folder: string): string[] {
  const up = dirname(folder);
  return up === folder ? [folder] : [folder, ...above(up)];
}
