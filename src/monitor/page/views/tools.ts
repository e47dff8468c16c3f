import type { Kind } from '../../event.ts';
import type { tools as data } from '../../serve/views/tools.ts';
import { nothing, section } from '../parts.ts';
import { table } from '../table.ts';
import { mostMinutes, timesColumns } from '../times.ts';
import { trendsByName } from '../trends-by-name.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

const parts: readonly { title: string; kind: Kind; runs: string; of: (found: Data) => Data['tools'] | null }[] = [
  { title: 'Models', kind: 'model', runs: 'requests', of: ({ models }) => models },
  { title: 'Tools', kind: 'tool', runs: 'calls', of: ({ tools }) => tools },
  { title: 'Waits for permission', kind: 'permission', runs: 'questions', of: () => null },
];

export const tools: PageView<Data> = {
  name: 'tools',
  title: 'Tools and models',
  about: 'How long models take to answer, and how long tools run (without their hooks).',
  spans: true,
  draw(into, found) {
    for (const { title, kind, runs, of } of parts) {
      const rows = found.rows.filter((row) => row.kind === kind);
      if (rows.length === 0) continue;
      const columns = of(found) ?? [];
      into.append(
        section(
          title,
          null,
          columns.length > 0 && trendsByName(`Median time of ${title.toLowerCase()}`, columns),
          table(title, timesColumns(kind, runs, mostMinutes(rows)), rows),
        ),
      );
    }
    if (found.rows.length === 0) into.append(section('Tools and models', null, nothing('Nothing ran in this time.')));
  },
};
