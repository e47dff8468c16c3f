/** How a stretch of terminal text is painted. */
export type Ink = 'good' | 'bad' | 'open' | 'faint' | 'strong';
export type Stretch = { text: string; from: number; ink: Ink[] };
export type Row = Stretch[];

const codes: Record<string, Ink> = { '1': 'strong', '2': 'faint', '31': 'bad', '32': 'good', '33': 'open' };

/** The lines of a framed panel with colours, without the frame: what stands in which column, and how it is painted. */
export function cellsOf(panel: string): Row[] {
  return panel
    .split('\n')
    .map(stretches)
    .map((row) => row.flatMap(unframed))
    .filter((row, i, all) => row.length > 0 || (i > 0 && i < all.length - 1));
}

function stretches(line: string): Row {
  const row: Row = [];
  let ink: Ink[] = [];
  let column = 0;
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) ink = codes[code] ? [...ink, codes[code]] : [];
    else if (part !== '') row.push({ text: part, from: column, ink });
    if (code === undefined) column += part.length;
  }
  return row;
}

/** Splits a stretch into words and bars, and leaves out spaces and the frame. */
function unframed({ text, from, ink }: Stretch): Stretch[] {
  return [...text.matchAll(/█+|▒+|·{2,}|[^\s█▒╭╮╰╯─│]+(?: [^\s█▒╭╮╰╯─│]+)*/g)].map((m) => ({
    text: m[0],
    from: from + m.index,
    ink,
  }));
}
