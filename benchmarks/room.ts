import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRoom, type Room } from '../src/cage/room.ts';
import type { Job } from '../src/measure/instruments/instrument.ts';
import { inTemporaryPlace } from './shared/bench.ts';
import { figureOf, shown } from './shared/figure.ts';
import { inTurn } from './shared/in-turn.ts';
import { machineLine } from './shared/machine.ts';
import { print, table } from './shared/table.ts';

// The cost of the closed room: around an execution, and within its timed part. Exit code 1: a goal is missed. See docs/benchmarks.md.

const ROUNDS = 300;
const GOAL = { around_ms: 15, within_ms: 0.2 };

/** A program that opens a file 400 times: a file of the project is read from the disk as usual, a file below HOME through an overlay. */
const opening = (file: string): Job['argv'] => [
  '/bin/sh',
  '-c',
  `i=0; while [ $i -lt 400 ]; do read -r _ < ${file}; i=$((i + 1)); done`,
];

const programs: Record<string, Job['argv']> = {
  true: ['/bin/true'],
  '400 files of the project': opening('work.txt'),
  '400 files below HOME': opening('"$HOME/settings"'),
};
/** An overlay opens two files for each one, equally in both arms: this cost is printed, but has no goal. */
const withoutGoal = '400 files below HOME';

const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };
const rows = await inTemporaryPlace(contract, async ({ dir, setup }) => {
  const at = (...names: string[]) => join(dir, ...names);
  for (const folder of ['home/project', 'arm', 'tmp', 'cache']) mkdirSync(at(folder), { recursive: true });
  for (const file of ['home/settings', 'arm/work.txt']) writeFileSync(at(file), 'a line\n');
  const room = await openRoom(
    {
      work: { folder: at('arm'), at: at('home', 'project') },
      views: [],
      temporary: at('tmp'),
      caches: { folder: at('cache'), at: at('home', '.cache') },
      home: at('home'),
      hidden: [],
      shared: [],
      network: 'loopback',
    },
    setup.world.env,
  );
  if ('missing' in room) throw new Error(room.missing);
  const { ms } = setup.world.clock;
  const take = (argv: Job['argv'], within?: Room) => async () => {
    const job: Job = {
      argv,
      cwd: at('arm'),
      env: { PATH: process.env.PATH ?? '', HOME: at('home') },
      timeoutMs: 0,
      output: { stdout: 'ignore', stderr: 'ignore' },
      ...(within && { within: (line: Job['argv']) => within.enter(line, at('home', 'project')) }),
    };
    const began = ms();
    const { wall_ms, user_ms, sys_ms } = await setup.instrument.measure(job);
    return { around: ms() - began - wall_ms, wall: wall_ms, cpu: (user_ms ?? 0) + (sys_ms ?? 0) };
  };
  const subjects = Object.entries(programs).flatMap(([name, argv]) => [
    { name: `${name}, outside`, take: take(argv) },
    { name: `${name}, in the room`, take: take(argv, room) },
  ]);
  const seen = await inTurn(subjects, ROUNDS);
  room.close();
  return Object.keys(programs).map((name) => {
    const [outside, inside] = [seen.get(`${name}, outside`)!, seen.get(`${name}, in the room`)!];
    const extra = (what: 'around' | 'wall' | 'cpu') => figureOf(inside.map((v, i) => v[what] - outside[i]![what]));
    return { name, around: extra('around'), wall: extra('wall'), cpu: extra('cpu') };
  });
});

const missed = rows.filter(
  ({ name, around, wall }) =>
    around.median > GOAL.around_ms || (name !== withoutGoal && Math.abs(wall.median) > GOAL.within_ms),
);
print(
  [
    machineLine(),
    `What a closed room adds to an execution, in ms; ${ROUNDS} rounds in turn, medians of the differences, in brackets 95 % intervals.`,
    table(
      ['program', 'around it', 'wall time within', 'CPU time within'],
      rows.map(({ name, around, wall, cpu }) => [name, shown(around), shown(wall), shown(cpu)]),
    ),
    `goals: at most ${GOAL.around_ms} ms around it, and ${GOAL.within_ms} ms within: ${missed.length === 0 ? 'met' : `missed (${missed.map(({ name }) => name).join(', ')})`}`,
  ].join('\n\n'),
);
process.exitCode = missed.length === 0 ? 0 : 1;
