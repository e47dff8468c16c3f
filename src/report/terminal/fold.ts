import { stripVTControlCharacters } from 'node:util';
import { columns } from './look.ts';

/**
 * Whether a line must not be folded: indented code, because people copy it, and tables, frames and coloured text, because folding would
 * destroy the drawing.
 */
const isWhole = (line: string) => /^ {4}\S|^\s*[|│╭╰+]/.test(line) || stripVTControlCharacters(line) !== line;

/** In a terminal with fewer columns than this, text is not folded, because the width is probably wrong. */
const NARROW = 20;

/** The part of a line before its text, such as columns of labels or the bullet of a list. Continuation lines are indented to the text. */
const before = /^(?:.*\s{2,}|\s*)(?:[-*] |\d+\. )?/;

/**
 * Folds text for a terminal, because a terminal would break lines in the middle of a word. Words are never broken, so paths and commands
 * stay whole.
 */
export function folded(text: string, width: number): string {
  if (width < NARROW) return text;
  return text
    .split('\n')
    .flatMap((line) => (columns(line) <= width || isWhole(line) ? [line] : foldedLine(line, width)))
    .join('\n');
}

function foldedLine(line: string, width: number): string[] {
  const [front = ''] = before.exec(line) ?? [];
  const indent = ' '.repeat(Math.min(columns(front), Math.floor(width / 2)));
  const lines: string[] = [];
  let open = front;
  let isEmpty = true;
  for (const word of line.slice(front.length).split(/ (?!%)/)) {
    if (!isEmpty && columns(open) + 1 + columns(word) > width) {
      lines.push(open);
      [open, isEmpty] = [indent, true];
    }
    open += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, open];
}
