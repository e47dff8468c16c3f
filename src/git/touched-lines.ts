import { git, type Place } from './git.ts';

/**
 * The numbers (from 1, ascending) of the lines in `to` that differ from `from`, by file. `from` and `to`: trees or commits. If lines were
 * only removed, the lines before and after the gap stand for the removed lines. Files that do not exist in `to`, and binary files, are left
 * out.
 */
export async function touchedLines(repo: Place, from: string, to: string): Promise<Map<string, number[]>> {
  const plain = [
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--unified=0',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const text = await git(repo, ['diff-tree', '-r', '--patch', ...plain, '--end-of-options', from, to]);
  const touched = new Map<string, number[]>();
  let path: string | null = null;
  let inHunk = 0;
  for (const line of text.split('\n')) {
    // an added line can begin with `++ b/` and look like a header, so the lines of a hunk are counted
    if (inHunk > 0 && /^[-+\\]/.test(line)) {
      if (line[0] !== '\\') inHunk -= 1;
      continue;
    }
    if (line.startsWith('+++ ')) path = /^\+\+\+ "?b\/(.*?)"?\t?$/.exec(line)?.[1] ?? null;
    const [, removed, at, added] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (at === undefined || path === null) continue;
    const [first, many] = [Number(at), Number(added ?? 1)];
    inHunk = many + Number(removed ?? 1);
    const lines = many > 0 ? Array.from({ length: many }, (_, i) => first + i) : [first, first + 1];
    touched.set(path, [...(touched.get(path) ?? []), ...lines.filter((one) => one > 0)]);
  }
  return touched;
}
