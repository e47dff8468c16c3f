/** A piece of HTML or SVG that is safe to put into a page. Only the function `html` makes such a piece from a template. */
export type Markup = { readonly markup: string };

type Value = string | number | Markup | null | undefined | false | readonly Value[];

/** Template tag. The template's own text is markup. A value in the template is escaped, except if the value already is markup. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return { markup: strings.reduce((whole, part, i) => whole + show(values[i - 1]) + part) };
}

/** The escapes for text and for quoted attributes, in HTML and in SVG. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c]!).replace(forbidden, '\ufffd');
}

/** Marks trusted text, such as a style sheet, as markup. Never call this function with text from outside. */
export function trusted(markup: string): Markup {
  return { markup };
}

function show(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return isList(value) ? value.map(show).join('') : value.markup;
}

function isList(value: Markup | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters that HTML forbids, and characters that change the reading direction. */
const forbidden = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/gu;
