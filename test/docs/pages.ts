import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

/** A fenced block of a page: the info string after the fence, and the text. */
export type Block = { page: string; info: string; text: string };

/** Paths of all pages for people, generated ones too, relative to the project's root. */
export const pages = [
  'README.md',
  'AGENTS.md',
  'CLAUDE.md',
  'CONTRIBUTING.md',
  ...globSync('docs/**/*.md'),
  'examples/slow-report/README.md',
].sort();

export const read = (page: string): string => readFileSync(page, 'utf8');

const fenced = /^```(.*)\n([\s\S]*?)^```$/gm;

export function blocks(page: string): Block[] {
  return [...read(page).matchAll(fenced)].map((m) => ({ page, info: m[1]!, text: m[2]! }));
}

/** Returns the page without its fenced blocks. */
export const prose = (page: string): string => read(page).replaceAll(fenced, '');

/** Returns the texts between single backticks. */
export const inlineCode = (page: string): string[] => [...prose(page).matchAll(/`([^`\n]+)`/g)].map((m) => m[1]!);
