import { html, type Markup } from '../../report/markup.ts';
import { figureWidth, fitted, letters, nameColumn } from '../../report/svg/figure.ts';
import type { TwoLines } from './names.ts';

/** The labels of a drawing's rows, on two lines each. Also returns `x`, at which the drawing next to the labels begins. */
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

/** The width of labels: names of scripts are longer than those of benchmarks. */
const MOST = 195;

/** The `x` of the right end of a drawing that has no labels at its right. */
export const rightEnd = figureWidth - 14;
