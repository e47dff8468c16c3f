/** `1234567` cents as `12 345.67`. */
export function money(cents) {
  const whole = String(Math.floor(Math.round(cents) / 100));
  let grouped = '';
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) grouped += ' ';
    grouped += whole[i];
  }
  return `${grouped}.${String(Math.round(cents) % 100).padStart(2, '0')}`;
}

/** Rows of cells as lines of text; the first column to the left, the others to the right. */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => {
    let width = 0;
    for (const row of all) width = Math.max(width, String(row[column]).length);
    return width;
  });
  let text = '';
  for (const row of all) {
    let line = '';
    for (let column = 0; column < row.length; column++) {
      const cell = String(row[column]);
      line += column === 0 ? cell.padEnd(widths[column]) : `  ${cell.padStart(widths[column])}`;
    }
    text += `${line}\n`;
  }
  return text;
}

/** FNV-1a over the characters of a text, as eight hexadecimal digits. */
export function checksum(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
