import { cut, printable } from '../../core/text.ts';

/**
 * The limits of the output that an attempt sends to the client: the number of lines, and the length of a line. The limits exist because a
 * benchmark can print without end.
 */
const MOST = 500;
const LONGEST = 300;

type Line = { n: number; text: string };

/** Collects the lines that a comparison prints for people, until the worker sends these lines to the client. */
export function printed(): { heard(text: string): void; take(): Line[]; any(): boolean } {
  let n = 0;
  let rest = '';
  let lines: Line[] = [];
  return {
    heard(text) {
      const parts = (rest + text).split('\n');
      rest = cut(parts.pop() ?? '', LONGEST);
      for (const part of parts)
        if (n < MOST && part.trim() !== '') lines.push({ n: n++, text: cut(printable(part), LONGEST) });
    },
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
    any: () => lines.length > 0,
  };
}
