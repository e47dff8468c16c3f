import { type Look, lineColumns, type Piece, paint, type Tone } from './look.ts';

/** A frame around lines, with a title in its upper edge. Lines must not be wider than `innerWidth` columns. */
export function box(title: Piece[], tone: Tone, lines: Piece[][], look: Look): string {
  const inner = innerWidth(look);
  const e = look.unicode ? edges.unicode : edges.ascii;
  const rest = e.flat.repeat(Math.max(0, inner - lineColumns(title) - 1));
  const edge = (text: string) => ({ text, tone });
  const top = [edge(`${e.topLeft}${e.flat} `), ...title, edge(` ${rest}${e.topRight}`)];
  const body = lines.map((line) => [
    edge(`${e.side} `),
    ...line,
    ' '.repeat(Math.max(0, inner - lineColumns(line))),
    edge(` ${e.side}`),
  ]);
  const bottom = [edge(`${e.bottomLeft}${e.flat.repeat(inner + 2)}${e.bottomRight}`)];
  return [top, ...body, bottom].map((line) => paint(line, look)).join('\n');
}

/** Columns between the edges: the terminal's, between 40 and 96, less the frame. */
export function innerWidth(look: Look): number {
  return Math.min(96, Math.max(40, look.width)) - 4;
}

const edges = {
  unicode: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', flat: '─', side: '│' },
  ascii: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', flat: '-', side: '|' },
};
