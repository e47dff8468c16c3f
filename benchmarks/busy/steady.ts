import { execute } from '../../src/measure/sessions/execute.ts';
import { measured } from '../../src/measure/sources/usage.ts';
import { median } from '../../src/stats/robust.ts';
import type { Place } from '../shared/bench.ts';
import type { Planted } from './planted.ts';
import { sources, type Timed } from './tries.ts';

/** Medians of a program in ms, by metric. */
export type Medians = Record<Timed, number>;

/** A program without and under load. `moved_pct`: busy / idle − 1, in per cent. */
export type Steady = { program: string; idle: Medians; busy: Medians; moved_pct: Medians };

/** The medians of some executions of a program, in the machine's current state. */
export async function mediansOf({ arm, setup }: Place, { base }: Planted, executions: number): Promise<Medians> {
  const { dir: cwd, env } = arm('programs');
  const taken: Record<Timed, number[]> = { undelayed_wall: [], wall: [] };
  for (let i = 0; i < executions; i++) {
    const command = { script: base, shell: false, cwd, env, timeout_s: 60, keepOutput: false };
    const done = await execute(command, setup.instrument);
    if (done.state !== 'ok') throw new Error(`${base}: ${JSON.stringify(done)}`);
    for (const source of sources) taken[source].push(measured[source].read(done.usage) ?? Number.NaN);
  }
  return { undelayed_wall: median(taken.undelayed_wall), wall: median(taken.wall) };
}

export function steadyOf({ name }: Planted, idle: Medians, busy: Medians): Steady {
  const moved = (source: Timed) => 100 * (busy[source] / idle[source] - 1);
  return { program: name, idle, busy, moved_pct: { undelayed_wall: moved('undelayed_wall'), wall: moved('wall') } };
}
