import { html, type Markup } from '../markup.ts';

/** A figure with its name and one line on how to read it. */
export function captioned(name: string, reading: string, plot: Markup): Markup {
  return html`<figure><figcaption><b>${name}</b>${reading}</figcaption>${plot}</figure>`;
}
