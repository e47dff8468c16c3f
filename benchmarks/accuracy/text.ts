import { shown } from '../shared/figure.ts';
import { table } from '../shared/table.ts';
import type { Row } from './compare.ts';
import type { Flood } from './flood.ts';
import type { Goal } from './goals.ts';

export type Accuracy = { machine: string; hyperfine: string; rows: Row[]; flood: Flood; goals: Goal[] };

/** The figures as tables for a terminal. */
export function textOf({ machine, hyperfine, rows, flood, goals }: Accuracy): string {
  const wall = rows.map(({ program, wall: w }) => [
    program,
    w.ours.median.toFixed(3),
    w.hyperfine.median.toFixed(3),
    shown(w.bias_ms, 3),
    w.jitter_ours_ms.toFixed(3),
    w.jitter_hyperfine_ms.toFixed(3),
    shown(w.jitter_ratio),
  ]);
  const cpu = rows.map(({ program, cpu: c }) => [
    program,
    c.ours.median.toFixed(2),
    c.hyperfine.median.toFixed(2),
    c.time.median.toFixed(0),
    shown(c.bias_ms),
    shown(c.against_time_ms, 1),
  ]);
  const rss = rows.map(({ program, rss: r }) => [
    program,
    r.ours_kb.median.toFixed(0),
    r.time_kb.median.toFixed(0),
    shown(r.against_time_kb, 0),
  ]);
  return [
    `${machine}; ${hyperfine}`,
    'In turn, in random order; medians, in brackets 95 % intervals. Bias: ours less theirs, round by round. Jitter: interquartile range.',
    '\nWall time, ms\n',
    table(['program', 'perf-gate', 'hyperfine', 'bias', 'jitter', 'hyperfine’s', 'ratio of jitter'], wall),
    '\nCPU time, user + system, ms (GNU time cuts each to 10 ms)\n',
    table(['program', 'perf-gate', 'hyperfine', 'time', 'bias to hyperfine', 'bias to time'], cpu),
    '\nPeak memory, KB\n',
    table(['program', 'perf-gate', 'time', 'bias'], rss),
    `\nPrinting 100 MB, by the time of a shell’s redirect: to a file ${shown(flood.kept, 3)}, to /dev/null ${shown(flood.discarded, 3)}\n`,
    ...goals.map(
      (g) => `${{ reached: '✓', missed: '✗ MISSED', unclear: '? unclear' }[g.state]} ${g.goal}\n    ${g.seen}`,
    ),
  ].join('\n');
}
