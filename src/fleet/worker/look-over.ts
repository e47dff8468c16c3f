import { examine } from '../../bench/doctor/doctor.ts';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { drifted } from '../drift.ts';
import { noteSpeed } from '../queue/hosts.ts';
import type { Fleet } from '../queue/open.ts';

/**
 * Runs the checks of `doctor`. The last check measures the duration of a loop twice. `lookOver` compares this duration with the duration in
 * the first check of this host. Returns the reason why the host must take no more jobs, or null if the host may take more jobs.
 * @throws fleet_unfit: measuring does not work here
 */
export async function lookOver(fleet: Fleet, host: string, world: World): Promise<string | null> {
  const { checks, noise } = await examine(world);
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id, found }) => `${id}: ${found}`);
  if (failed.length > 0 || noise === null) throw failure('fleet_unfit', { host, checks: failed });
  if (noise.different)
    return 'its measurements are unreliable: two measurements of the same loop gave different results';
  const now = { loop_ms: noise.loop_ms, spread_pct: noise.wall_spread_pct, at: world.clock.now() };
  return drifted(await noteSpeed(fleet, host, now), now);
}
