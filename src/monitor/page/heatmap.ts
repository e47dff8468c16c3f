import { h, s } from './h.ts';

type Heat = {
  title: string;
  /** `columns`: the names of the columns from left to right. `rows`: the names of the rows from bottom to top. */
  columns: readonly string[];
  rows: readonly string[];
  /** The cells of the map with a count, each as [column, row, count]. */
  cells: readonly (readonly [number, number, number])[];
  /** The labels below columns. */
  ticks: readonly { column: number; text: string }[];
};

/** Height of a row in px. */
const ROW = 17;
const AXIS = 22;
/** Width of the row names in px. */
const NAMES = 64;

/**
 * A heat map of counts. A higher count has a stronger shade of one colour, on a logarithmic scale, so the map is readable with any kind of
 * colour vision. A text below the map shows the count of the cell at the pointer, or of the cell that was selected with the arrow keys.
 */
export function heatmap({ title, columns, rows, cells, ticks }: Heat): HTMLElement {
  const most = Math.max(1, ...cells.map(([, , n]) => n));
  const height = rows.length * ROW;
  const told = h(
    'p',
    { class: 'soft told', role: 'status' },
    'Point at a cell, or use the arrow keys, to see its count.',
  );
  const rects = cells.map(([column, row, n]) =>
    s('rect', {
      x: `${(100 * column) / columns.length}%`,
      y: height - (row + 1) * ROW,
      width: `${100 / columns.length}%`,
      height: ROW,
      class: 'heat',
      'fill-opacity': (0.12 + (0.88 * Math.log1p(n)) / Math.log1p(most)).toFixed(3),
      'data-at': `${column} ${row}`,
    }),
  );
  const marker = s('rect', { class: 'marker', width: `${100 / columns.length}%`, height: ROW, visibility: 'hidden' });
  const numbers = new Map(cells.map(([column, row, n]) => [`${column} ${row}`, n]));
  let at: [column: number, row: number] = [columns.length - 1, Math.floor(rows.length / 2)];
  const tell = (column: number, row: number) => {
    at = [Math.min(columns.length - 1, Math.max(0, column)), Math.min(rows.length - 1, Math.max(0, row))];
    marker.setAttribute('x', `${(100 * at[0]) / columns.length}%`);
    marker.setAttribute('y', String(height - (at[1] + 1) * ROW));
    marker.setAttribute('visibility', 'visible');
    told.textContent = `${columns[at[0]]}, ${rows[at[1]]}: ${numbers.get(at.join(' ')) ?? 0}`;
  };
  const moves: Readonly<Record<string, [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  const picture = s(
    'svg',
    {
      class: 'heatmap',
      id: `picture-${title}`,
      height: height + AXIS,
      tabindex: 0,
      role: 'img',
      'aria-label': `${title}. The arrow keys move between the cells.`,
      onkeydown: (event) => {
        const move = moves[(event as KeyboardEvent).key];
        if (!move) return;
        event.preventDefault();
        tell(at[0] + move[0], at[1] + move[1]);
      },
      onpointermove: (event) => {
        const { left, top, width } = picture.getBoundingClientRect();
        const { clientX, clientY } = event as PointerEvent;
        tell(Math.floor(((clientX - left) / width) * columns.length), Math.floor((height - (clientY - top)) / ROW));
      },
    },
    ...rects,
    ...ticks.map(({ column, text }, i) =>
      s(
        'text',
        {
          x: `${(100 * (column + 0.5)) / columns.length}%`,
          y: height + 15,
          'text-anchor': 'middle',
          class: i % 2 === 1 && 'minor',
        },
        text,
      ),
    ),
    marker,
  );
  const names = s(
    'svg',
    { class: 'heatmap-names', width: NAMES, height: height + AXIS, 'aria-hidden': 'true' },
    ...rows.map((name, i) =>
      i % 2 === 0 ? s('text', { x: NAMES - 8, y: height - i * ROW - 4, 'text-anchor': 'end' }, name) : null,
    ),
  );
  return h('div', {}, h('div', { class: 'heat-frame' }, names, picture), told);
}
