import { html, type Markup } from '../../report/markup.ts';
import { figureWidth, fitted, letters, nameColumn } from '../../report/svg/figure.ts';
import type { TwoLines } from './names.ts';

/** The labels of a drawing's rows, on two lines each. Also returns `left`, the `x` position of the drawing's left end. */
export function names(of: readonly TwoLines[]): { left: number; at(row: number, y: number): Markup } {
  const { left } = nameColumn(
    of.flatMap(({ name, of }) => [name, of]),
    MOST,
  );
  const room = left - 10;
  return {
    left,
    at: (row, y) => html`<text class="name" x="0" y="${y}">${fitted(of[row]!.name, room, letters.name)}</text>
<text class="minor" x="0" y="${y + 14}">${fitted(of[row]!.of, room, letters.minor)}</text>`,
  };
}

/** The largest width of labels. It is larger than in other drawings, because names of scripts are longer than names of benchmarks. */
const MOST = 195;

/** The `x` position of the right end of a drawing without labels on the right. */
export const rightEnd = figureWidth - 14;
