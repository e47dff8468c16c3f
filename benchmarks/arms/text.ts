import { table } from '../shared/table.ts';
import type { Goal } from './goals.ts';
import { type Row, steps } from './prepare.ts';

export type Figures = { machine: string; rounds: number; rows: Row[]; goals: Goal[] };

export function textOf({ machine, rounds, rows, goals }: Figures): string {
  const cells = rows.map(({ files, mb, ms }) => [String(files), mb.toFixed(0), ...steps.map((s) => ms[s].toFixed(0))]);
  return [
    machine,
    `Milliseconds, medians of ${rounds} rounds.\n`,
    table(['files', 'MB', ...steps], cells),
    '\nGoals\n',
    ...goals.map(({ goal, ms, reached }) => `${reached ? '✓' : '✗'} ${goal}: ${ms.toFixed(0)} ms`),
  ].join('\n');
}
