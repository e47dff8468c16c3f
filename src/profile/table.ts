import type { Hotspot } from './hotspots.ts';

/** The hotspots as a Markdown table, most expensive first. */
export function hotspotTable(hotspots: readonly Hotspot[]): string {
  const rows = hotspots.map((h) => [
    String(h.rank),
    code(h.function),
    h.file === null ? '–' : code(h.line === null ? h.file : `${h.file}:${h.line}`),
    ...[h.self_pct, h.ceiling_pct, h.total_pct].map((share) => `${share.toFixed(1)} %`),
    String(h.samples),
  ]);
  const lines = [
    ['#', 'function', 'where', 'self', 'ceiling', 'total', 'samples'],
    ['--:', '---', '---', '--:', '--:', '--:', '--:'],
  ];
  return [...lines, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** A code span that nothing in a name can end: not a backtick, not a pipe, not a line break. */
function code(name: string): string {
  const text = name.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
