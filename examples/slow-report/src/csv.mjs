/** Rows of a CSV text without quoting, as objects keyed by the header. */
export function parseCsv(text) {
  const [header, ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const row = {};
    for (let i = 0; i < names.length; i++) row[names[i]] = cells[i];
    return row;
  });
}
