import { inTemporaryPlace } from '../shared/bench.ts';
import { goalsOf } from './goals.ts';
import { underLoad } from './load.ts';
import { nothingPlanted, plant } from './planted.ts';
import { programs } from './programs.ts';
import { type Medians, mediansOf, type Steady, steadyOf } from './steady.ts';
import type { Busy } from './text.ts';
import { type Row, sources, tryOut } from './tries.ts';

const perProcessor = 4;
const contract = { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } };

/** All figures: gains are planted without load, then all tries run under load. `say` prints the progress. */
export function figuresOf(tries: number, machine: string, say: (text: string) => void): Promise<Busy> {
  return inTemporaryPlace(contract, async (place) => {
    const { sleeping, looping, larger, compiled } = await programs(place.dir);
    const sleep = await plant(place, sleeping, { workMs: 25, gainPct: 15 });
    const loop = await plant(place, looping, { workMs: 50, gainPct: 20 });
    const node = await plant(place, larger, { workMs: 100, gainPct: 30 });
    const exact = [sleep, loop];
    const executions = Math.max(15, 2 * tries);
    const idle: Medians[] = [];
    for (const planted of exact) idle.push(await mediansOf(place, planted, executions));
    return underLoad(perProcessor, async () => {
      const rows: Row[] = [];
      const steady: Steady[] = [];
      for (const [i, planted] of exact.entries())
        steady.push(steadyOf(planted, idle[i]!, await mediansOf(place, planted, executions)));
      for (const planted of [...exact, ...exact.map(nothingPlanted), node]) {
        for (const source of sources) {
          say(`${planted.name}, ${planted.gainPct} %, by ${source}`);
          rows.push(await tryOut(place, planted, { source, tries }));
        }
      }
      const goals = goalsOf(rows, steady);
      return { machine, compiled, per_processor: perProcessor, rows, steady, goals };
    });
  });
}
