import { unbroken } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';

/** Turns a sentence with code between backticks into HTML. */
export const withCode = (sentence: string): Markup =>
  html`${sentence.split('`').map((part, i) => (i % 2 === 0 ? unbroken(part) : html`<code>${part}</code>`))}`;
