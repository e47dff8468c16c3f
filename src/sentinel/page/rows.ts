import { html, type Markup } from '../../report/markup.ts';
import { figureWidth, fitted, letters, nameColumn } from '../../report/svg/figure.ts';
import type { TwoLines } from './names.ts';

/** The names of the rows of a drawing, on two lines each, and the `x` where what is drawn beside them begins. */
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

/** Scripts have longer names than benchmarks. */
const MOST = 195;

/** Where a drawing ends that has no labels at its right. */
export const rightEnd = figureWidth - 14;
