import { quantile } from 'simple-statistics';
import { execute } from '../../src/measure/sessions/execute.ts';
import type { Place } from '../shared/bench.ts';
import { inTurn } from '../shared/in-turn.ts';
import type { Program } from './programs.ts';

/** Two commands; the second takes `gainPct` less CPU time plus sleep. `seenPct`: the gain as measured. */
export type Planted = {
  name: string;
  gainPct: number;
  seenPct: number;
  base: string;
  candidate: string;
  baseMs: number;
};

/** CPU time of commands in turn, in ms. Load makes it longer, never shorter, so the lower quartile is closest to the real work. */
async function cpuOf({ setup, arm }: Place, commands: readonly string[], rounds: number): Promise<number[]> {
  const { dir: cwd, env } = arm('calibration');
  const take = async (script: string) => {
    const done = await execute({ script, shell: false, cwd, env, timeout_s: 60, keepOutput: false }, setup.instrument);
    if (done.state !== 'ok') throw new Error(`${script}: ${JSON.stringify(done)}`);
    return done.usage.user_ms! + done.usage.sys_ms!;
  };
  const subjects = commands.map((script, i) => ({ name: String(i), take: () => take(script) }));
  const taken = await inTurn(subjects, rounds);
  return subjects.map(({ name }) => quantile(taken.get(name)!, 0.25));
}

/** Finds the number of turns that take `workMs` on this machine, and the smaller number that saves `gainPct` of the whole. */
export async function plant(
  place: Place,
  program: Program,
  { workMs, gainPct }: { workMs: number; gainPct: number },
): Promise<Planted> {
  const { command, sleepMs, name } = program;
  const turns = await turnsFor(place, program, workMs);
  let fewer = Math.round(turns * (1 - gainPct / 100));
  let seenPct = 0;
  let baseMs = 0;
  // The start takes time too, and a program with a JIT compiler gets faster with more turns, so correct the number by measuring.
  for (let step = 0; step < 3; step++) {
    if (step > 0) fewer = Math.max(0, Math.round(turns - (turns - fewer) * (gainPct / seenPct)));
    const [base, candidate] = await cpuOf(place, [command(turns), command(fewer)], 11);
    baseMs = sleepMs + base!;
    seenPct = (100 * (base! - candidate!)) / baseMs;
  }
  return { name, gainPct, seenPct, base: command(turns), candidate: command(fewer), baseMs };
}

/** The number of turns that take `workMs` in addition to the program's start. */
async function turnsFor(place: Place, { command }: Program, workMs: number): Promise<number> {
  let turns = 100;
  let took = 0;
  while (took < workMs && turns < 1e9) {
    turns *= 4;
    const [none, some] = await cpuOf(place, [command(0), command(turns)], 3);
    took = some! - none!;
  }
  return Math.round((turns * workMs) / took);
}

/** The same program in both arms. */
export const nothingPlanted = (planted: Planted): Planted => ({
  ...planted,
  gainPct: 0,
  seenPct: 0,
  candidate: planted.base,
});
