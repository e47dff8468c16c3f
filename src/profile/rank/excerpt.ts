import { readFileSync, statSync } from 'node:fs';
import { percent } from '../../core/figures.ts';
import { realInside } from '../../core/inside.ts';
import { printable } from '../../core/text.ts';

/** Files of more bytes are not read for a few lines. */
const largest = 4 * 1024 * 1024;

/** A place in the project, with the share of the profile (%) that its lines are known to have. */
type Place = { file: string | null; line: number | null; lines?: readonly { line: number; pct: number }[] | undefined };

/** So many lines after the first, where no line is known to cost more than others. */
const following = 2;

/**
 * The source of a place, with the numbers of its lines: how it begins, and the lines that cost most with what they cost. None where
 * the file is not there, or lies outside.
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
  const shown = numbers.map((number) => ({ number, text: printable((source[number - 1] ?? '').slice(0, 160)) }));
  while (shown.at(-1)?.text.trim() === '') shown.pop();
  return shown.map(({ number, text }) => {
    const cost = costs.get(number);
    return `${String(number).padStart(5)} │ ${text}${cost === undefined ? '' : `  ← ${percent(cost)}`}`;
  });
}

/** Undefined for what is no file of a source's size, or may not be read. */
function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
