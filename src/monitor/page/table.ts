import { type Child, h } from './h.ts';

/** A column of a table. `figure`: whether the cells are numbers, which are aligned to the right. */
export type Column<Row> = { title: string; cell: (row: Row) => Child; figure?: boolean };

const FEW = 12;

/** A table with a caption for screen readers. At first, only `few` rows are shown; a button shows the other rows. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  few = FEW,
): HTMLElement {
  const of = (row: Row) =>
    h(
      'tr',
      {},
      ...columns.map(({ cell, figure }, i) =>
        h(i === 0 ? 'th' : 'td', { class: figure && 'figure', scope: i === 0 && 'row' }, cell(row)),
      ),
    );
  const body = h('tbody', {}, ...rows.slice(0, few).map(of));
  const more =
    rows.length > few &&
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: (event) => {
          body.append(...rows.slice(few).map(of));
          (event.target as HTMLElement).remove();
        },
      },
      `Show ${rows.length - few} more`,
    );
  const head = h(
    'tr',
    {},
    ...columns.map(({ title, figure }) => h('th', { scope: 'col', class: figure && 'figure' }, title)),
  );
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption), h('thead', {}, head), body),
    more,
  );
}
