import { count, oneLine } from '../../core/text.ts';
import type { Imported } from '../sources/tally.ts';

export function importText({ files, added, improved, known, too_old, foreign_lines, unreadable }: Imported): string {
  if (files === 0 && unreadable.length === 0)
    return 'Nothing to import: Claude Code wrote no transcript or debug log in this time span. `--since 4w` looks further back.';
  const rest = [
    ...(improved > 0 ? [`${improved} replaced by more exact data`] : []),
    ...(known > 0 ? [`${known} already known`] : []),
    ...(too_old > 0 ? [`${too_old} too old to keep`] : []),
    ...(foreign_lines > 0 ? [`${count(foreign_lines, 'line')} that could not be read`] : []),
  ];
  return [
    [`${count(added, 'new event')} from ${count(files, 'file')}`, ...rest].join(', '),
    ...unreadable.slice(0, 5).map(({ file, reason }) => `${oneLine(file)} was skipped: ${oneLine(reason)}.`),
    ...(unreadable.length > 5 ? [`… and ${unreadable.length - 5} more files.`] : []),
  ].join('\n');
}
