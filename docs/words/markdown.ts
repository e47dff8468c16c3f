import { readFileSync } from 'node:fs';
import type { Passage } from './passage.ts';

/**
 * The paragraphs, list items and table rows of a Markdown page, without code and pictures. Cells of a row are parted by `¦`. The lead of a
 * list item is the paragraph with the colon above the list. The lead of a row is the head of its table.
 */
export function passagesOf(file: string): Passage[] {
  const passages: Passage[] = [];
  let about = '';
  let lead = '';
  for (const block of blocksOf(readFileSync(file, 'utf8'))) {
    const text = block.replace(ITEM, '');
    if (block.startsWith('#')) [about, lead] = [block.replace(/^#+ /, ''), ''];
    else if (text !== block) passages.push({ file, about, text, lead: lead.endsWith(':') ? lead : '' });
    else if (isRow(block) && isRow(lead)) passages.push({ file, about, text, lead });
    else {
      passages.push({ file, about, text });
      lead = block;
    }
  }
  return passages;
}

const ITEM = /^• /;
const isRow = (block: string) => block.includes('¦');

/** Headings, paragraphs, list items (which begin with `•`) and rows (with `¦`). */
const blocksOf = (page: string): string[] =>
  page
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replaceAll(/^ *(```|~~~)[\s\S]*?^ *\1.*$/gm, '')
    .replaceAll(/^ *(?:[-*]|\d+\.) /gm, '\n• ')
    .replaceAll(/^\s*\|(.*)\|\s*$/gm, (_, row: string) => `\n${row.replaceAll(/(?<!\\)\|/g, '¦').trim()}\n`)
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^#.*$/gm, '\n$&\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
