import { percent } from '../../core/figures.ts';
import type { ProfileRow, StoryProfile } from '../story.ts';
import { code, paragraphs, table, text } from './syntax.ts';

/** Where the time went, by the latest profile; earlier ones are in their stages' artifacts. Null when none was taken. */
export function profileMarkdown(profiles: StoryProfile[]): string | null {
  const latest = profiles.at(-1);
  if (!latest) return null;
  return paragraphs([
    '## Where the time goes',
    `${text(latest.state)}${latest.note ? `: ${text(latest.note)}` : ''}`,
    latest.table.length > 0 && rankedTable(latest.table),
  ]);
}

/** The ranked hotspots; `ceiling` is the largest gain that each could give. */
function rankedTable(rows: ProfileRow[]): string {
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  return table(
    'rllrrr',
    ['#', 'function', 'where', 'self', 'total', 'ceiling'],
    rows.map((r) => [
      String(r.rank),
      code(r.function),
      r.file === null ? '–' : code(place(r)),
      share(r.self_pct),
      share(r.total_pct),
      share(r.ceiling_pct),
    ]),
  );
}

/** `src/a.ts:12`. */
export function place(row: Pick<ProfileRow, 'file' | 'line'>): string {
  return row.file === null ? '' : row.line === null ? row.file : `${row.file}:${row.line}`;
}
