import type { Effect } from '../story/story.ts';
import { thresholdLabel } from '../words.ts';
import { columns, type Look, type Piece, paint, shown, type Tone, toned } from './look.ts';

/**
 * Draws a frame around lines, with a title in its upper edge. No line may be wider than `innerWidth`. The text does not end with a line
 * break.
 */
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

/** Columns inside the frame. A panel is as wide as the terminal, but at least 40 and at most 96 columns. */
export function innerWidth(look: Look): number {
  return Math.min(96, Math.max(40, look.width)) - 4;
}

/**
 * The improvement as a bar from zero, with the threshold marked below it. The bar is solid up to the near end of the confidence interval,
 * and shaded up to the interval's far end. Returns the line with the bar and the line with the threshold's mark. Without a threshold,
 * returns only the bar. If the improvement has no percentage, returns no line.
 */
export function improvementBar(
  effect: Effect,
  thresholdPct: number | null,
  tone: Tone,
  look: Look,
  width: number,
): Piece[][] {
  const estimate = effect.improvement_pct;
  if (estimate === null || !Number.isFinite(estimate)) return [];
  const ends = (effect.ci95_pct ?? []).map((end) => end ?? estimate);
  const points = [0, estimate, ...ends, ...(thresholdPct === null ? [] : [thresholdPct])];
  const low = Math.min(...points);
  const high = Math.max(...points, low + 1e-9) * headroom;
  const column = (value: number) => Math.round(((value - low) / (high - low)) * (width - 1));

  const [near, far] = ends.length === 2 ? ends.sort((a, b) => Math.abs(a) - Math.abs(b)) : [estimate, estimate];
  const crossesZero = ends.length === 2 && ends[0]! * ends[1]! < 0;
  const signs = look.unicode ? glyphs.unicode : glyphs.ascii;
  const cells = new Array<string>(width).fill(signs.track);
  fill(cells, column(crossesZero ? near! : 0), column(far!), signs.shade);
  if (!crossesZero) fill(cells, column(0), column(near!), signs.full);
  if (low < 0) cells[column(0)] = signs.zero;
  const bar = [toned(cells.join(''), tone)];
  if (thresholdPct === null) return [bar];
  return [bar, [toned(markLine(column(thresholdPct), thresholdPct, look, width), 'faint')]];
}

/** The axis ends at the largest drawn value times this factor, so that the interval and the threshold do not touch the right edge. */
const headroom = 1.15;

function markLine(at: number, thresholdPct: number, look: Look, width: number): string {
  const mark = look.unicode ? '▲' : '^';
  const text = shown(thresholdLabel(thresholdPct), look);
  const fitsRight = at + 2 + columns(text) <= width;
  return fitsRight ? `${' '.repeat(at)}${mark} ${text}` : `${text} ${mark}`.padStart(at + 1);
}

function fill(cells: string[], a: number, b: number, sign: string): void {
  cells.fill(sign, Math.min(a, b), Math.max(a, b) + 1);
}

function lineColumns(line: Piece[]): number {
  return line.reduce((n, p) => n + columns(typeof p === 'string' ? p : p.text), 0);
}

const glyphs = {
  unicode: { full: '█', shade: '▒', track: '·', zero: '┃' },
  ascii: { full: '#', shade: '=', track: '.', zero: '|' },
};

const edges = {
  unicode: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', flat: '─', side: '│' },
  ascii: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', flat: '-', side: '|' },
};
