import { stripVTControlCharacters } from 'node:util';
import { columns } from './look.ts';

/** Lines that a person copies, or that are drawn: indented code, tables, frames, and what has colours. */
const isWhole = (line: string) => /^ {4}\S|^\s*[|│╭╰+]/.test(line) || stripVTControlCharacters(line) !== line;

/** A terminal of so few columns, or of none, is not known. */
const NARROW = 20;

/** What stands before the text of a line: columns of labels, the sign of a list. Later lines begin below the text. */
const before = /^(?:.*\s{2,}|\s*)(?:[-*] |\d+\. )?/;

/** Text for a terminal, which would break its lines in the middle of a word. No word is broken: paths and commands stay whole. */
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
