import { readFileSync } from 'node:fs';
import type { MachineKind } from './noise.ts';

type Column = 'wall_ms' | 'cpu_ms';

/** The recorded executions of benchmarks/traces: wall time, then CPU time. */
export function traces(): MachineKind[] {
  return (['wall_ms', 'cpu_ms'] as const).flatMap((column) =>
    [1, 2, 3].map((number) => trace(`trace ${number}, ${column.slice(0, -3)}`, values(number, column))),
  );
}

/** Plays the recording in a loop from a random position, and after a rest from another random position. */
function trace(name: string, logs: number[]): MachineKind {
  return {
    name,
    make(random) {
      const anywhere = () => Math.floor(random() * logs.length);
      let at = anywhere();
      return {
        next: () => logs[at++ % logs.length]!,
        rest() {
          at = anywhere();
        },
      };
    },
  };
}

function values(number: number, column: Column): number[] {
  const [head = '', ...rows] = readFileSync(new URL(`../traces/trace-${number}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const field = head.split(',').indexOf(column);
  return rows.map((row) => Math.log(Number(row.split(',')[field])));
}
