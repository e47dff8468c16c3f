import { readFileSync } from 'node:fs';
import type { Passage } from './passage.ts';

/** The paragraphs, list items and table rows of a Markdown page, without code and pictures. Cells of a row are parted by `¦`. */
export function passagesOf(file: string): Passage[] {
  const prose = readFileSync(file, 'utf8')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replaceAll(/^ *(```|~~~)[\s\S]*?^ *\1.*$/gm, '')
    .replaceAll(/^ *(?:[-*]|\d+\.) /gm, '\n')
    .replaceAll(/^\s*\|(.*)\|\s*$/gm, (_, row: string) => `\n${row.replaceAll(/(?<!\\)\|/g, '¦').trim()}\n`)
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^#.*$/gm, '\n$&\n');
  const passages: Passage[] = [];
  let about = '';
  for (const text of prose.split(/\n\s*\n/).map((paragraph) => paragraph.trim())) {
    if (text.startsWith('#')) about = text.replace(/^#+ /, '');
    else passages.push({ file, about, text });
  }
  return passages;
}
