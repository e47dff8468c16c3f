import { count, oneLine } from '../../core/text.ts';
import type { Imported } from '../sources/tally.ts';

export function importText({ files, added, improved, known, too_old, foreign_lines, unreadable }: Imported): string {
  if (files === 0 && unreadable.length === 0)
    return 'There was nothing to take in: Claude Code wrote no transcript or debug log in this time. `--since 4w` looks further back.';
  const rest = [
    ...(improved > 0 ? [`${improved} better than before`] : []),
    ...(known > 0 ? [`${known} known already`] : []),
    ...(too_old > 0 ? [`${too_old} too old to be kept`] : []),
    ...(foreign_lines > 0 ? [`${count(foreign_lines, 'line')} that could not be read`] : []),
  ];
  return [
    [`${count(added, 'new event')} from ${count(files, 'file')}`, ...rest].join(', '),
    ...unreadable.slice(0, 5).map(({ file, reason }) => `${oneLine(file)} was passed over: ${oneLine(reason)}.`),
    ...(unreadable.length > 5 ? [`… and ${unreadable.length - 5} files more.`] : []),
  ].join('\n');
}
