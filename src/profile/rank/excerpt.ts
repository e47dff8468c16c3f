import { readFileSync, statSync } from 'node:fs';
import { percent } from '../../core/figures.ts';
import { realInside } from '../../core/locate.ts';
import { printable } from '../../core/text.ts';

/** The size, in bytes, of the largest file that is read. */
const largest = 4 * 1024 * 1024;

/** A function of the project. `lines`: each line's share of the profile's total, in per cent, if known. */
type Place = { file: string | null; line: number | null; lines?: readonly { line: number; pct: number }[] | undefined };

/** Longer lines are cut. */
const widest = 160;

/** How many lines are shown after the first, if the costs of lines are unknown. */
const following = 2;

/**
 * The source of a function as numbered lines: its first line, and its most expensive lines with their cost. The excerpt is empty if the
 * file does not exist or lies outside `root`.
 */
export function excerptOf(root: string, { file, line, lines = [] }: Place): string[] {
  if (file === null || line === null) return [];
  const path = realInside(root, file);
  if (path === undefined) return [];
  const source = textOf(path)?.split(/\r?\n/);
  if (source === undefined) return [];
  const costs = new Map(lines.filter(({ pct }) => pct >= 0.5).map(({ line, pct }) => [line, pct]));
  const next = costs.size > 0 ? [...costs.keys()] : Array.from({ length: following }, (_, i) => line + 1 + i);
  const numbers = [...new Set([line, ...next])].filter((number) => number <= source.length).sort((a, b) => a - b);
  const shown = numbers.map((number) => ({ number, text: printable((source[number - 1] ?? '').slice(0, widest)) }));
  while (shown.at(-1)?.text.trim() === '') shown.pop();
  return shown.map(({ number, text }) => {
    const cost = costs.get(number);
    return `${String(number).padStart(5)} │ ${text}${cost === undefined ? '' : `  ← ${percent(cost)}`}`;
  });
}

/**
 * `count` lines of a file of the project, beginning at the line `line`, without their common indent. The list is empty if the file is
 * outside `root`.
 */
export function sourceLines(root: string, file: string, line: number, count: number): string[] {
  const path = realInside(root, file);
  const source = (path === undefined ? undefined : textOf(path))?.split(/\r?\n/) ?? [];
  const lines = source.slice(line - 1, line - 1 + count).map((text) => printable(text.slice(0, widest)).trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const indent = Math.min(...lines.filter(Boolean).map((text) => text.length - text.trimStart().length));
  return lines.map((text) => text.slice(indent));
}

/** The text of a file. Undefined if the file cannot be read or is too large. */
function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
