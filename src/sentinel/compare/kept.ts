import { tmpdir } from 'node:os';
import { remove, temporaryDir } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import type { Baseline } from '../baseline/schema.ts';
import type { Objects } from '../store/objects.ts';
import type { KeptHook } from '../store/own-files.ts';
import { layArms } from './arms.ts';
import { causesOf } from './cause.ts';
import { changesOf } from './changes.ts';
import { contest, type Rules } from './contest.ts';
import { type Comparison, resultOf } from './result.ts';

/**
 * Two versions of hooks whose files are stored in `objects`. Hooks see the old files at the paths of the new files. `what`: a description
 * of the measurement, which is shown to other processes that wait for the measurement lock.
 */
export type Versions = {
  base: readonly KeptHook[];
  current: readonly KeptHook[];
  objects: Objects;
  /** Earlier measurements, which are used for hooks whose old files are gone. Null without earlier measurements. */
  stored: Baseline | null;
  names: Pick<Comparison, 'baseline' | 'current'>;
  seed: string;
  what: string;
};

/**
 * Runs both versions alternately, while no other measurement runs. The project is `world.cwd`.
 * @throws no_cage, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function compareKept(versions: Versions, rules: Rules, world: World): Promise<Comparison> {
  const { base, current, objects, stored, names, seed, what } = versions;
  const changes = changesOf(base, current);
  const scratch = temporaryDir(tmpdir(), 'perf-gate-sentinel-');
  try {
    const contestants = { base, current, changes, laid: layArms(changes, objects, scratch), stored };
    const contested = await withMeasurementLock(world, what, () => contest(contestants, rules, seed, world));
    const causes = await causesOf(changes, contested, { objects, scratch });
    return resultOf({ ...names, contestants, contested, causes, rules, seed });
  } finally {
    remove(scratch);
  }
}
