import { type Look, paint, shown, type Tone, toned, wrap } from '../../report/terminal/look.ts';

/** A line below a heading, and the colour of the line. */
export type Line = readonly [text: string, tone?: Tone];

/** A heading and numbered items of one or more lines each. Returns an empty list if there are no items. */
export function numbered(title: string, items: readonly (readonly Line[])[], look: Look): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item, i) =>
    item.flatMap(([text, tone], k) => {
      const before = k === 0 ? `${i + 1}.`.padStart(4) : '    ';
      return wrap(shown(text, look), look.width - 5).map(
        (part, row) => `${row === 0 ? before : '    '} ${tone ? paint([toned(part, tone)], look) : part}`,
      );
    }),
  );
  return [paint([toned(title, 'strong')], look), ...lines];
}
