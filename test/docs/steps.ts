import type { Block } from './pages.ts';

/** A command that a page shows, and the lines below it. */
type Step = { command: string; expected: string };

/** The commands of a console block, each with its output. */
export function steps({ text }: Block): Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...expected] = part.trimEnd().split('\n');
      return { command, expected: expected.join('\n') };
    });
}

/** Matches an output. `…` stands for any text within a line; alone in a line, for any number of lines. */
export function pattern(expected: string): RegExp {
  const lines = expected.split('\n').map((line) => {
    if (line === '…') return '(?:.*\\n)*?';
    return `${line.split('…').map(escaped).join('.*')}\\n`;
  });
  return new RegExp(`^${expected === '' ? '' : lines.join('')}$`);
}

const escaped = (text: string) => text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&');
