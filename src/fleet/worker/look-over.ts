import { examine } from '../../bench/doctor/doctor.ts';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { drifted } from '../drift.ts';
import { noteSpeed } from '../queue/hosts.ts';
import type { Fleet } from '../queue/open.ts';

/**
 * Does the checks of `doctor`, which end with a loop that is measured against itself, and compares its time with what it was when this host
 * was first looked over. Gives why the host is to leave the pool; null where it may stay.
 * @throws fleet_unfit: measuring does not work here
 */
export async function lookOver(fleet: Fleet, host: string, world: World): Promise<string | null> {
  const { checks, noise } = await examine(world);
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id, found }) => `${id}: ${found}`);
  if (failed.length > 0 || noise === null) throw failure('fleet_unfit', { host, checks: failed });
  if (noise.different) return 'it cannot be trusted: a loop looked different from itself';
  const now = { loop_ms: noise.loop_ms, spread_pct: noise.wall_spread_pct, at: world.clock.now() };
  return drifted(await noteSpeed(fleet, host, now), now);
}
