import { percent } from '../../core/figures.ts';
import type { Hotspot } from '../../record/data.ts';
import type { ProfileRow, StoryProfile } from '../story/story.ts';
import { code, paragraphs, table, text } from './syntax.ts';

/** The section about the latest profile. Earlier profiles are in the artifacts of their stages. Null without a profile. */
export function profileMarkdown(profiles: StoryProfile[]): string | null {
  const latest = profiles.at(-1);
  if (!latest) return null;
  return paragraphs([
    '## Where the time goes',
    `${text(latest.state)}${latest.note ? `: ${text(latest.note)}` : ''}`,
    latest.table.length > 0 && rankedTable(latest.table),
  ]);
}

/** `ceiling`: the largest gain that a fix of the hotspot could give. */
function rankedTable(rows: ProfileRow[]): string {
  return table(
    'rllrrr',
    ['#', 'function', 'where', 'self', 'total', 'ceiling'],
    rows.map((r) => [
      String(r.rank),
      code(r.function),
      r.file === null ? '–' : code(place(r)),
      shareOf(r.self_pct),
      shareOf(r.total_pct),
      shareOf(r.ceiling_pct),
    ]),
  );
}

/** `src/a.ts:12`. */
export function place(row: Pick<ProfileRow, 'file' | 'line'>): string {
  return row.file === null ? '' : row.line === null ? row.file : `${row.file}:${row.line}`;
}

/** The ranked hotspots of an artifact. */
export function hotspotsTable(hotspots: Hotspot[]): string {
  if (hotspots.length === 0) return 'No hotspot can be named.';
  const rows = hotspots.map((h, i) => [
    String(i + 1),
    code(h.id),
    shareOf(h.self_pct, ''),
    shareOf(h.total_pct, ''),
    `${shareOf(h.ceiling_pct, h.samples === 1 ? 'one sample: unknown' : '')}${remark(h)}`,
  ]);
  return table('rlrrr', ['#', 'hotspot', 'self', 'total', 'ceiling'], rows);
}

/** The reason why a hotspot is not worth a fix, or must not be fixed. */
function remark({ protected: isProtected, reaches_threshold }: Hotspot): string {
  if (isProtected) return ' (protected)';
  return reaches_threshold === false ? ' (below the threshold)' : '';
}

const shareOf = (pct: number | null | undefined, none = '–') => (pct == null ? none : percent(pct));
