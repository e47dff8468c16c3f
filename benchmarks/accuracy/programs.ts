import { join } from 'node:path';
import { writeDurable } from '../../src/core/fs.ts';

/** A program to be measured, and the number of rounds. */
export type Program = { name: string; argv: [string, ...string[]]; rounds: number };

/** About 100 ms of arithmetic. */
const busy = 'let x = 0; for (let i = 0; i < 4e7; i++) x = (x + i * 31) % 1000003; console.log(x);\n';

export function programs(dir: string): Program[] {
  const script = join(dir, 'busy.js');
  writeDurable(script, busy);
  return [
    { name: 'true', argv: ['true'], rounds: 300 },
    { name: 'sleep 0.05', argv: ['sleep', '0.05'], rounds: 100 },
    { name: 'node busy.js', argv: [process.execPath, script], rounds: 100 },
    {
      name: 'seq | sort | tail',
      argv: ['/bin/sh', '-c', 'seq 50000 | sort -rn | tail -1'],
      rounds: 100,
    },
  ];
}
