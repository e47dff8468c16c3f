import pc from 'picocolors';
import { oneLine } from '../../core/text.ts';

/**
 * The properties of the terminal: its width in columns, and whether it shows colours and Unicode. If `unicode` is false, every line is
 * ASCII.
 */
export type Look = { width: number; colour: boolean; unicode: boolean };

export type Tone = 'good' | 'bad' | 'open' | 'faint' | 'strong';

/**
 * A part of a line, with its tone (such as good or bad). The width of a line is computed from its parts before they are coloured, because
 * escape codes have no width.
 */
export type Piece = string | { text: string; tone: Tone };

export function toned(text: string, tone: Tone): Piece {
  return { text, tone };
}

/** Joins the parts of a line, with escape codes for their tones if the terminal shows colours. */
export function paint(line: Piece[], look: Look): string {
  const colours = pc.createColors(look.colour);
  const painters: Record<Tone, (text: string) => string> = {
    good: colours.green,
    bad: colours.red,
    open: colours.yellow,
    faint: colours.dim,
    strong: colours.bold,
  };
  return line.map((p) => (typeof p === 'string' ? p : painters[p.tone](p.text))).join('');
}

/** Converts a text to one that this terminal can show: without control characters, and in ASCII if the terminal has no Unicode. */
export function shown(text: string, look: Look): string {
  const clean = oneLine(text);
  return look.unicode ? clean : clean.replace(/[^\x20-\x7e]/gu, (c) => ascii[c] ?? '?');
}

/** The width of a text in columns. Wide characters take two columns, combining marks none. */
export function columns(text: string): number {
  let n = 0;
  for (const c of text) n += /\p{Mark}/u.test(c) ? 0 : wide.test(c) ? 2 : 1;
  return n;
}

/**
 * Breaks text into lines of at most `width` columns, at spaces but never before a per cent sign. A word that is longer than `width` is
 * broken at any character.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?!%)/).flatMap((w) => chunks(w, width))) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function chunks(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const parts = [''];
  for (const c of word) {
    if (columns(parts.at(-1)! + c) > width) parts.push('');
    parts[parts.length - 1] += c;
  }
  return parts;
}

const ascii: Record<string, string> = {
  '→': '->',
  '−': '-',
  '–': '-',
  '·': '|',
  '…': '...',
  '≤': '<=',
  '≥': '>=',
  '∞': 'inf',
  '“': '"',
  '”': '"',
  '’': "'",
  '±': '+-',
  µ: 'u',
};

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
