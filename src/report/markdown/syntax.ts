import { oneLine, printable } from '../../core/text.ts';

/**
 * Escapes text from outside, so that no part of the text becomes Markdown, HTML or a mention of a person. Underscores inside a word are not
 * escaped, because they mean nothing in Markdown and are common in names.
 */
export function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*[\]|~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/^(>|[#+=-]+(?=\s|$))/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/@(?=[\w-])/g, '@<!-- -->');
}

/** A code span that begins and ends with more backticks than the value has in succession. An empty value becomes `–`. */
export function code(value: string): string {
  const inner = oneLine(value);
  if (inner === '') return '–';
  const ticks = '`'.repeat(longestRun(inner) + 1);
  const pad = /^`|`$/.test(inner) ? ' ' : '';
  return `${ticks}${pad}${inner}${pad}${ticks}`;
}

/** A code block that begins and ends with more backticks than the value has in succession. Line breaks stay. */
export function block(value: string, language = ''): string {
  const inner = printable(value).trimEnd();
  const fence = '`'.repeat(Math.max(3, longestRun(inner) + 1));
  return `${fence}${language}\n${inner}\n${fence}`;
}

/** A list with one bullet point a line. If there are no lines, the given text `none`. Lines are Markdown. */
export function bullets(lines: readonly string[], none: string): string {
  return lines.length > 0 ? lines.map((line) => `- ${oneLine(line)}`).join('\n') : none;
}

/**
 * A table. `align` has one letter per column, `l` or `r`. The cells of the table are Markdown. Line breaks and bars in the cells are
 * escaped.
 */
export function table(align: string, head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = [...align].map((a) => (a === 'r' ? '---:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Joins paragraphs with an empty line between them, and leaves out empty paragraphs. */
export function paragraphs(parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join('\n\n');
}

/** Escapes bars, because an unescaped bar would end the cell. A bar with an odd number of backslashes before it is escaped already. */
function cell(content: string): string {
  return content
    .replace(/\n/g, ' ')
    .replace(/(\\*)\|/g, (all, slashes: string) => (slashes.length % 2 === 0 ? `\\${all}` : all));
}

function longestRun(value: string): number {
  return Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
}
