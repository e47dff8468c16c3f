import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

/** A fenced block of a page: the words after the fence, and the text. */
export type Block = { page: string; info: string; text: string };

/** Every page that is written for people, generated ones too, from the project's root. */
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

/** The page without its fenced blocks. */
export const prose = (page: string): string => read(page).replaceAll(fenced, '');

/** What stands between single backticks. */
export const inlineCode = (page: string): string[] => [...prose(page).matchAll(/`([^`\n]+)`/g)].map((m) => m[1]!);
