import type { World } from '../../core/world.ts';
import { type Audit, audit } from '../audit/audit.ts';
import { discover } from '../discover/discover.ts';
import type { DryRunOptions } from '../dry-run/options.ts';
import { type KeptAudit, keepAudit, subjectOf } from '../store/audits.ts';
import { conditionsOf } from '../store/conditions.ts';
import { sentinelHome } from '../store/home.ts';
import { frequenciesOf } from './frequencies.ts';
import { type KeptPlan, keepPlan } from './keep.ts';
import { planOf } from './plan.ts';
import { recentAudit } from './recent-audit.ts';

/**
 * A plan, and the audit from which it was made. `audited`: when the hooks were run, and how many times each hook was run. `cage`: the cage
 * in which the hooks were run, or why no hook was run.
 */
export type Optimization = KeptPlan & { audited: { at: string; runs: number }; cage: Audit['cage'] };

/**
 * `dry`: how hooks are run. Null if the scripts are only read, and no hook is run. `afresh`: hooks are run even if a recent audit exists.
 */
export type Asked = {
  plugins: string | undefined;
  dry: DryRunOptions | null;
  afresh: boolean;
};

/**
 * Makes a plan for the hooks of a project or a folder of plugins. An audit from the last 24 hours is used if nothing has changed since.
 * Otherwise, a new audit is made. The plan is stored, so that the numbers of its items can be used later. `problem`: why the plan could not
 * be stored. The project is `world.cwd`. `often`: how often events happen.
 * @throws no_plugins, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function optimize(
  { plugins, dry, afresh }: Asked,
  world: World,
  often = frequenciesOf(world),
): Promise<{ made: Optimization; problem: string | null }> {
  const { hooks } = discover({ cwd: world.cwd, env: world.env, plugins });
  const subject = subjectOf(world.cwd, plugins);
  const recent = dry === null || afresh ? null : await recentAudit(subject, { hooks, dry }, world);
  const { at, audit: audited } = recent ?? (await auditNow(plugins, dry, world));
  const plan: KeptPlan = { at: world.clock.now(), ...subject, ...planOf(audited, hooks, often) };
  const problem = keepPlan(sentinelHome(world.env), plan);
  const runs = Math.max(0, ...audited.hooks.map(({ runs_ms }) => runs_ms.length));
  return { made: { ...plan, audited: { at, runs }, cage: audited.cage }, problem };
}

async function auditNow(plugins: string | undefined, dry: DryRunOptions | null, world: World): Promise<KeptAudit> {
  const at = world.clock.now();
  const made = await audit({ plugins, dry }, world);
  keepAudit(
    sentinelHome(world.env),
    subjectOf(world.cwd, plugins),
    { audit: made, conditions: dry && conditionsOf(dry) },
    world.clock,
  );
  return { at, audit: made };
}
