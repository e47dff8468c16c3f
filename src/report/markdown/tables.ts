import { percent } from '../../core/figures.ts';
import type { Hotspot } from '../../record/data.ts';
import { code as span, table } from './syntax.ts';

/** Text for a cell of a Markdown table. */
export const cell = (value: unknown) =>
  String(value ?? '')
    .replace(/\|/g, '\\|')
    .replace(/\s+/g, ' ');

export const code = (text: string) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

const pct = (value: number | undefined) => (value === undefined ? '' : percent(value));

/** The ranked hotspots, as people and agents read them. */
export function hotspotsTable(hotspots: Hotspot[]): string {
  if (hotspots.length === 0) return 'No hotspot can be named.';
  const rows = hotspots.map((h, i) => [
    String(i + 1),
    span(h.id),
    pct(h.self_pct),
    pct(h.total_pct),
    `${pct(h.ceiling_pct)}${h.reaches_threshold === false ? ' (below the threshold)' : ''}`,
  ]);
  return table('rlrrr', ['#', 'hotspot', 'self', 'total', 'ceiling'], rows);
}

/** Bullet points, or what to say when there are none. */
export function bullets(lines: string[], none: string): string {
  return lines.length > 0 ? lines.map((l) => `- ${l}`).join('\n') : none;
}

/** Where it was measured, as labels and values; what could not be told is left out. */
export function machineFacts(environment: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(environment).flatMap(([label, value]) =>
    value === null ? [] : [{ label: label.replace(/_/g, ' '), value: String(value) }],
  );
}
