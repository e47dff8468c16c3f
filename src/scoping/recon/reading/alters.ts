import type { Tree } from '../tree.ts';
import { follow, type Part } from './follow.ts';

const verbs =
  'checkout|switch|restore|reset|stash|clean|rebase|merge|pull|commit|push|tag|am|apply|cherry-pick|revert|rm|mv|branch|worktree|add|filter-branch';

/** Commands that change the repository or something outside of it, in a shell line or in the source of a program. */
const altering: readonly RegExp[] = [
  new RegExp(`\\b(git|hg|svn)\\s+(-C\\s+\\S+\\s+|-\\S+\\s+)*(${verbs}|update)\\b`),
  new RegExp(`['"\`]git['"\`]\\s*,\\s*\\[?\\s*(['"\`]-[^'"\`]*['"\`]\\s*,\\s*)*['"\`](${verbs})['"\`]`),
  /\b(npm|pnpm|yarn|bun|lerna|cargo|poetry|uv|twine|flit|hatch|gem)\s+(publish|version|upload|release)\b/,
  /(^|[\s;&|])(semantic-release|standard-version|release-it|np|bumpp|changeset (version|publish))(\s|$)/m,
  /\bsed\s+(-\w+\s+)*-i|\s--(write|fix|update-?snapshots?)(\s|$)/m,
];

/**
 * The name of the text that changes tracked files: the command line itself, or a script that the command runs. Null if neither changes such
 * files. perf-gate never offers a command that changes tracked files, because the command would change the code under test.
 */
export function altersRepository(command: string, tree: Tree, folder = ''): string | null {
  const parts = follow(command, tree, folder);
  const found = parts.find((part) => altering.some((pattern) => pattern.test(part.text)) || removesSources(part, tree));
  return found?.where ?? null;
}

/** Whether the text removes files of the project, as `rm -rf lib` does. */
function removesSources({ text }: Part, tree: Tree): boolean {
  return [...text.matchAll(/(?:^|[\s;&|])(?:rm|rimraf|del-cli)\s+([^;&|\n]*)/g)]
    .flatMap(([, words = '']) => words.split(/\s+/))
    .map((word) => word.replace(/^\.\//, '').replace(/\/?\**$/, ''))
    .some(
      (path) => path !== '' && !/^-|[$*(]/.test(path) && tree.files.some((f) => f === path || f.startsWith(`${path}/`)),
    );
}
