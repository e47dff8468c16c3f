import { count, cutStart } from '../../core/text.ts';
import { quantity } from '../../core/units.ts';
import { columns, type Look, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import type { Kind } from '../event.ts';
import type { CacheTable, TimeRow, TimeTable } from '../rows.ts';

/** The heading of the table for each kind of events. */
const headings: Partial<Record<Kind, string>> = {
  turn: 'Turns',
  model: 'Models',
  tool: 'Tools, without their hooks',
  permission: 'Waits for the user’s permission',
  hook_event: 'Waits for hooks, by event (hooks of one event run in parallel)',
  hook: 'Single hooks',
  agent: 'Subagents',
};

type Cells = readonly string[];

/** The times as text, by kind. Each kind has at most `limit` rows. */
export function timesText({ rows, sessions, since, until }: TimeTable, limit: number, look: Look): string {
  if (rows.length === 0) return nothingText({ since, until }, look);
  const titles = [...new Set(rows.map(titleOf))];
  const parts = titles.map((title) => {
    const all = rows.filter((row) => titleOf(row) === title);
    const cells = all.slice(0, limit).map(cellsOf);
    const more = all.length > limit ? [`  … and ${all.length - limit} more`] : [];
    return [
      paint([toned(shown(title, look), 'strong')], look),
      ...aligned([['', 'n', 'p50', 'p95', 'min/day', 'failed'], ...cells], look),
      ...more,
    ].join('\n');
  });
  return [...parts, shown(`${count(sessions, 'session')}, ${spanText({ since, until })}`, look)].join('\n\n');
}

const titleOf = ({ kind, measured }: TimeRow): string =>
  measured === 'call' ? 'Tool calls, with their hooks and waits for permission' : (headings[kind] ?? kind);

/** The text for a time span in which nothing was recorded. `more` is appended. */
export const nothingText = (span: Pick<TimeTable, 'since' | 'until'>, look: Look, more = ''): string =>
  wrap(shown(`Nothing was recorded ${spanText(span)}.${more}`, look), look.width).join('\n');

function cellsOf({ name, plugin, n, p50_ms, p95_ms, minutes_a_day, failed }: TimeRow): Cells {
  const times = [p50_ms, p95_ms].map((ms) => quantity(ms, 'ms'));
  const share = failed === 0 ? '' : `${Math.round((failed / n) * 100)} %`;
  return [plugin === '' ? name : `${plugin}/${name}`, String(n), ...times, minutes_a_day.toPrecision(2), share];
}

/** The cache table as text. */
export function cacheText({ rows, sessions, since, until }: CacheTable, look: Look): string {
  if (rows.length === 0) return nothingText({ since, until }, look);
  const cells = rows.map((row) => [
    row.model,
    String(row.requests),
    `${Math.round((row.cache_read_share ?? 0) * 100)} %`,
    ...[row.cache_read_tokens, row.cache_creation_tokens, row.input_tokens, row.output_tokens].map(String),
    row.cost_usd.toFixed(2),
  ]);
  const head = ['', 'requests', 'from cache', 'read', 'written', 'fresh', 'output', 'USD'];
  return [
    ...aligned([head, ...cells], look),
    '',
    shown(`${count(sessions, 'session')}, ${spanText({ since, until })}`, look),
  ].join('\n');
}

export const spanText = ({ since, until }: Pick<TimeTable, 'since' | 'until'>) =>
  `from ${minute(since)} to ${minute(until)} UTC`;
const minute = (iso: string) => iso.slice(0, 16).replace('T', ' ');

/** Rows in columns: names to the left, figures to the right. If a name is too long, its beginning is cut, because its end says more. */
export function aligned(rows: readonly Cells[], look: Look): string[] {
  const safe = rows.map((row) => row.map((cell) => shown(cell, look)));
  const widths = safe[0]!.map((_, i) => Math.max(...safe.map((row) => columns(row[i] ?? ''))));
  const figures = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  const name = Math.min(widths[0]!, Math.max(12, look.width - figures - 2));
  return safe.map(([first = '', ...rest]) => {
    const fits = shown(cutStart(first, name), look);
    const cells = rest.map((cell, i) => cell.padStart(widths[i + 1]!));
    return `  ${fits}${' '.repeat(Math.max(0, name - columns(fits)))}  ${cells.join('  ')}`.trimEnd();
  });
}
