/** The style of a span of terminal text. */
export type Ink = 'good' | 'bad' | 'open' | 'faint' | 'strong';
export type Stretch = { text: string; from: number; ink: Ink[] };
export type Row = Stretch[];

const codes: Record<string, Ink> = { '1': 'strong', '2': 'faint', '31': 'bad', '32': 'good', '33': 'open' };

/** The lines of a framed panel without the frame: spans of text with their first column and style. */
export function cellsOf(panel: string): Row[] {
  return panel
    .split('\n')
    .map(stretches)
    .map((row) => row.flatMap(unframed))
    .map((row, i) => (i === 0 ? row.map((s) => ({ ...s, from: s.from - 1 })) : row)) // the title is part of the frame
    .slice(0, -1);
}

function stretches(line: string): Row {
  const row: Row = [];
  let ink: Ink[] = [];
  let column = 0;
  for (const [i, part] of line.split('\u001b[').entries()) {
    const [, code, text] = i === 0 ? ['', '', part] : /^(\d+)m(.*)$/s.exec(part)!;
    if (i > 0) ink = codes[code!] ? [...ink, codes[code!]!] : [];
    row.push({ text: text!, from: column, ink });
    column += text!.length;
  }
  return row;
}

/** Splits a span into words and bars, without spaces and the frame. */
function unframed({ text, from, ink }: Stretch): Stretch[] {
  return [...text.matchAll(/█+|▒+|·{2,}|[^\s█▒╭╮╰╯─│]+(?: [^\s█▒╭╮╰╯─│]+)*/g)].map((m) => ({
    text: m[0],
    from: from + m.index,
    ink,
  }));
}
