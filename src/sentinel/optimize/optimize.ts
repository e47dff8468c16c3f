import { resolve } from 'node:path';
import type { World } from '../../core/world.ts';
import { type Audit, audit } from '../audit/audit.ts';
import { discover } from '../discover/discover.ts';
import type { DryRunOptions } from '../dry-run/options.ts';
import { sentinelHome } from '../store/home.ts';
import type { Frequencies } from './frequencies.ts';
import { type KeptPlan, keepPlan } from './keep.ts';
import { planOf } from './plan.ts';

/** `audited`: when the hooks were run, and how often each; `cage` tells whether they were. */
export type Optimization = KeptPlan & { audited: { at: string; runs: number }; cage: Audit['cage'] };

export type Asked = { plugins: string | undefined; dry: DryRunOptions; frequencies: Frequencies };

/**
 * What to do about the hooks of a place, from an audit of them. The plan is kept, so that its numbers can be used later. `cwd` of the world is
 * the project.
 * @throws no_plugins, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function optimize({ plugins, dry, frequencies }: Asked, world: World): Promise<Optimization> {
  const { hooks } = discover({ cwd: world.cwd, env: world.env, plugins });
  const made = { at: world.clock.now(), audit: await audit({ plugins, dry }, world) };
  const plan: KeptPlan = {
    at: world.clock.now(),
    project: world.cwd,
    plugins: plugins === undefined ? null : resolve(world.cwd, plugins),
    ...planOf(made.audit, hooks, frequencies),
  };
  keepPlan(sentinelHome(world.env), plan);
  const runs = Math.max(0, ...made.audit.hooks.map(({ runs_ms }) => runs_ms.length));
  return { ...plan, audited: { at: made.at, runs }, cage: made.audit.cage };
}
