import { type Child, h, s } from './h.ts';
import { kinds } from './words.ts';

/** A card with a heading and an optional description. */

export const section = (title: string, about: string | null, ...children: Child[]): HTMLElement =>
  h('section', { class: 'card' }, h('h2', {}, title), about !== null && h('p', { class: 'soft' }, about), ...children);

/** A tile with a figure and its name. `tone` selects the colour of the tile. The colour tells nothing that the text does not tell. */
export const tile = (title: string, value: string, about = '', tone: 'good' | 'bad' | 'open' | '' = ''): HTMLElement =>
  h(
    'div',
    { class: `tile ${tone}` },
    h('dt', {}, title),
    h('dd', {}, value),
    about !== '' && h('dd', { class: 'soft' }, about),
  );

export const tiles = (...all: HTMLElement[]): HTMLElement => h('dl', { class: 'tiles' }, ...all);

/** A text that is shown instead of a picture if there is no data. */
export const nothing = (text: string): HTMLElement => h('p', { class: 'nothing' }, text);

/** A bar that illustrates a number in a table. `share`: the number divided by the largest number of the column. */
export const bar = (share: number, kind: string): SVGElement =>
  s(
    'svg',
    { class: 'bar', 'aria-hidden': 'true' },
    s('rect', { width: `${Math.max(0.5, 100 * Math.min(1, share))}%`, height: '100%', rx: 1.5, class: `fill-${kind}` }),
  );

/** A dot in the colour of an event kind. */
export const dot = (kind: string): HTMLElement => h('i', { class: `dot fill-${kind}`, 'aria-hidden': 'true' });

/** The legend with the colour of each event kind. */
export const legend = (all: readonly string[], failed: boolean): HTMLElement =>
  h(
    'p',
    { class: 'legend soft' },
    ...all.map((kind) => h('span', {}, dot(kind), kinds[kind])),
    failed && h('span', {}, h('i', { class: 'dot failed', 'aria-hidden': 'true' }), 'outlined: failed'),
  );
