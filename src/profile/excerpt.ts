import { readFileSync, statSync } from 'node:fs';
import { realInside } from '../core/inside.ts';

/** Files of more bytes are not read for a few lines. */
const largest = 4 * 1024 * 1024;

/** The first lines of a place in the project, with their number; none where the file is not there, or lies outside. */
export function excerptOf(
  root: string,
  { file, line }: { file: string | null; line: number | null },
  lines = 3,
): string[] {
  if (file === null || line === null) return [];
  const path = realInside(root, file);
  if (path === undefined) return [];
  const stat = statSync(path);
  if (!stat.isFile() || stat.size > largest) return [];
  const text = readFileSync(path, 'utf8').split(/\r?\n/);
  const shown = text.slice(line - 1, line - 1 + lines).map((each, i) => [line + i, each.slice(0, 160)] as const);
  while (shown.at(-1)?.[1].trim() === '') shown.pop();
  return shown.map(([number, each]) => `${String(number).padStart(5)} │ ${each}`);
}
