import type { agents as data } from '../../serve/views/agents.ts';
import { nothing, section } from '../parts.ts';
import { table } from '../table.ts';
import { mostMinutes, timesColumns } from '../times.ts';
import { trendsByName } from '../trends-by-name.ts';
import type { PageView } from '../view.ts';

type Data = ReturnType<typeof data>;

export const agents: PageView<Data> = {
  name: 'agents',
  title: 'Agents',
  about: 'How long subagents take, by type.',
  spans: true,
  draw(into, { rows, columns }) {
    if (rows.length === 0) {
      into.append(section('Agents', null, nothing('No subagent ended in this time.')));
      return;
    }
    into.append(
      section('Median time', null, trendsByName('Median time of subagents', columns)),
      section('By type', null, table('Subagents by type', timesColumns('agent', 'runs', mostMinutes(rows)), rows)),
    );
  },
};
