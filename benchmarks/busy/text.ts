import { table } from '../shared/table.ts';
import type { Goal } from './goals.ts';
import type { Steady } from './steady.ts';
import { type Row, threshold } from './tries.ts';

export type Busy = {
  machine: string;
  compiled: boolean;
  per_processor: number;
  rows: Row[];
  steady: Steady[];
  goals: Goal[];
};

/** The figures as tables for a terminal. */
export function textOf({ machine, compiled, per_processor, rows, steady, goals }: Busy): string {
  const tried = rows.map((r) => [
    r.program,
    `${r.gain_pct} %`,
    `${r.seen_pct.toFixed(1)} %`,
    r.source.replace('_', ' '),
    `${r.accepted} of ${r.tries}`,
    `${r.rejected}`,
    `${r.inconclusive}`,
    r.executions.toFixed(1),
  ]);
  const moved = steady.map(({ program, idle, busy, moved_pct }) => [
    program,
    idle.undelayed_wall.toFixed(1),
    busy.undelayed_wall.toFixed(1),
    `${moved_pct.undelayed_wall.toFixed(1)} %`,
    idle.wall.toFixed(1),
    busy.wall.toFixed(1),
    `${moved_pct.wall.toFixed(1)} %`,
  ]);
  return [
    machine,
    `Under the load of ${per_processor} busy processes per processor; the programs are in ${compiled ? 'C' : 'JavaScript: there is no compiler'}. Threshold ${threshold} %.\n`,
    table(['program', 'gain', 'by CPU', 'metric', 'accepted', 'rejected', 'undecided', 'executions'], tried),
    '\nMedians without the load and under it, ms\n',
    table(['program', 'undelayed', 'under load', 'moved', 'wall', 'under load', 'moved'], moved),
    '\nGoals\n',
    ...goals.map((g) => `${g.reached ? '✓' : '✗ MISSED'} ${g.goal}\n    ${g.seen}`),
  ].join('\n');
}
