import { type Figure, shown } from '../shared/figure.ts';
import type { Row } from './compare.ts';
import type { Flood } from './flood.ts';

/** A goal and its result. `unclear`: the interval contains the limit. */
export type Goal = { goal: string; seen: string; state: 'reached' | 'missed' | 'unclear' };

/** GNU time truncates user and system time to 10 ms each, so it may report up to 20 ms less. */
const cutOff = 20;

export function goalsOf(rows: readonly Row[], flood: Flood): Goal[] {
  const each = (goal: string, limits: [number, number], of: (row: Row) => Figure, digits: number): Goal[] =>
    rows.map((row) => judged(`${row.program}: ${goal}`, of(row), limits, digits));
  return [
    ...each('wall time within 0.2 ms of hyperfine’s', [-0.2, 0.2], (r) => r.wall.bias_ms, 3),
    ...each('jitter at most 1.1 times hyperfine’s', [0, 1.1], (r) => r.wall.jitter_ratio, 2),
    ...each('CPU time as GNU time says (ms, cut to 10 each)', [-2, cutOff + 2], (r) => r.cpu.against_time_ms, 1),
    ...each('peak memory within 5 % of GNU time’s', [0.95, 1.05], ratioOfMemory, 3),
    judged('100 MB to a file: at most 5 % slower than a redirect', flood.kept, [0, 1.05], 3),
    judged('100 MB to /dev/null: at most 5 % slower than a redirect', flood.discarded, [0, 1.05], 3),
  ];
}

function ratioOfMemory({ rss: { ours_kb, time_kb } }: Row): Figure {
  const by = time_kb.median;
  return { median: ours_kb.median / by, low: ours_kb.low / by, high: ours_kb.high / by };
}

function judged(goal: string, figure: Figure, [from, to]: [number, number], digits: number): Goal {
  const within = figure.low >= from && figure.high <= to;
  const outside = figure.high < from || figure.low > to;
  return { goal, seen: shown(figure, digits), state: within ? 'reached' : outside ? 'missed' : 'unclear' };
}
