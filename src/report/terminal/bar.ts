import type { Effect } from '../story.ts';
import { columns, type Look, type Piece, shown, type Tone, toned } from './look.ts';

/**
 * The improvement as a bar from zero, and the threshold marked beneath: full up to the near end of the interval (what is
 * sure), shaded to its far end. Two lines, or none where there is no percentage to draw.
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

/** The far end of the interval and the threshold stay inside the bar. */
const headroom = 1.15;

function markLine(at: number, thresholdPct: number, look: Look, width: number): string {
  const mark = look.unicode ? '▲' : '^';
  const text = shown(`threshold ${thresholdPct} %`, look);
  const fitsRight = at + 2 + columns(text) <= width;
  return fitsRight ? `${' '.repeat(at)}${mark} ${text}` : `${text} ${mark}`.padStart(at + 1);
}

function fill(cells: string[], a: number, b: number, sign: string): void {
  cells.fill(sign, Math.min(a, b), Math.max(a, b) + 1);
}

const glyphs = {
  unicode: { full: '█', shade: '▒', track: '·', zero: '┃' },
  ascii: { full: '#', shade: '=', track: '.', zero: '|' },
};
