import { join } from 'node:path';
import { run } from '../../src/core/exec.ts';
import { writeDurable } from '../../src/core/fs.ts';
import { shellWord } from '../../src/core/text.ts';

/** A program whose work is a number of turns: its command for that number, and its sleep in ms. */
export type Program = { name: string; sleepMs: number; command(turns: number): string };

/** Runs half of the turns, sleeps, then runs the other half. */
const inC = `#include <stdlib.h>
#include <time.h>
int main(int argc, char **argv) {
  double ms = atof(argv[1]);
  long turns = atol(argv[2]);
  struct timespec pause = {0, (long)(ms * 1e6)};
  volatile unsigned x = (unsigned)argc;
  for (long i = 0; i < turns / 2; i++) x = x * 1664525u + 1013904223u;
  if (ms > 0) nanosleep(&pause, NULL);
  for (long i = turns / 2; i < turns; i++) x = x * 1664525u + 1013904223u;
  return 0;
}
`;

/** The same for machines without a compiler; Node's start makes it slower. */
const inNode = `const [ms, turns] = process.argv.slice(2).map(Number);
let x = 1;
const work = (n) => { for (let i = 0; i < n; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0; };
work(turns / 2);
if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
work(turns / 2);
`;

/** A program with the work of larger programs: it allocates, sorts, parses and prints, and its garbage is collected in parallel. */
const larger = `const turns = Number(process.argv[3]);
let seen = 0;
for (let turn = 0; turn < turns; turn++) {
  const rows = Array.from({ length: 40 }, (_, i) => ({ id: i, name: 'row ' + ((i * 7919 + turn) % 40), tags: [i % 7, i % 11] }));
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const again = JSON.parse(JSON.stringify(rows));
  const byTag = new Map();
  for (const row of again) byTag.set(row.tags[0], (byTag.get(row.tags[0]) ?? 0) + row.name.replace(/\\d+/g, (n) => n + 1).length);
  seen += byTag.size;
}
console.log(seen);
`;

export type Programs = { sleeping: Program; looping: Program; larger: Program; compiled: boolean };

/** Writes and compiles the programs into a folder. */
export async function programs(dir: string): Promise<Programs> {
  const file = (name: string, text: string) => {
    writeDurable(join(dir, name), text);
    return join(dir, name);
  };
  const binary = join(dir, 'work');
  const compiled = (await run('cc', ['-O1', '-o', binary, file('work.c', inC)])).exitCode === 0;
  const work = compiled ? [binary] : [process.execPath, file('work.cjs', inNode)];
  const program = (name: string, argv: string[], sleepMs: number): Program => ({
    name,
    sleepMs,
    command: (turns) => [...argv, String(sleepMs), String(turns)].map(shellWord).join(' '),
  });
  return {
    sleeping: program('sleep and CPU', work, 25),
    looping: program('CPU loop', work, 0),
    larger: program('larger Node program', [process.execPath, file('larger.cjs', larger)], 0),
    compiled,
  };
}
