import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { findBaseline } from '../baseline/files.ts';
import type { Baseline } from '../baseline/schema.ts';
import { discover } from '../discover/discover.ts';
import { sentinelHome } from '../store/home.ts';
import { keepHooks } from '../store/own-files.ts';
import { sentinelPaths } from '../store/paths.ts';
import { tagOf } from '../store/tag.ts';
import { changesOf, type HookChange } from './changes.ts';
import type { Rules } from './contest.ts';
import { compareKept } from './kept.ts';
import { relocated } from './relocate.ts';
import type { Comparison } from './result.ts';

/** The options of a comparison. `baseline`: the tag of a baseline. If the tag is undefined, the newest baseline of these hooks is used. */
export type Asked = {
  plugins: string | undefined;
  baseline: string | undefined;
  rules: Rules;
};

/**
 * Compares the hooks of a project or a folder of plugins with a baseline. The old and the new hooks are run again, alternately. The old
 * hooks find their files at the paths of the new files.
 * @throws hook_baseline_tag, no_hook_baseline, hook_baseline_unreadable, hook_baseline_of_others, no_plugins, no_cage, hook_input_invalid,
 * room_lost, instrument_broken, interrupted
 */
export async function compareWithBaseline(
  { plugins, baseline: tag, rules }: Asked,
  world: World,
): Promise<{ comparison: Comparison; baseline: Baseline }> {
  const { cwd, env, clock } = world;
  const paths = sentinelPaths(sentinelHome(env));
  const folder = plugins === undefined ? null : resolve(cwd, plugins);
  const of = { project: cwd, plugins: folder };
  const baseline = findBaseline(paths, tag, of);
  const timestamp = clock.now();
  const { hooks } = discover({ cwd, env, plugins });
  const current = await keepHooks(hooks, paths.objects, { project: cwd, home: env.HOME ?? homedir() });
  const base = relocated(baseline, current, of);
  refuseOthers(baseline, of, changesOf(base, current));
  const names = {
    baseline: { name: baseline.tag, timestamp: baseline.timestamp },
    current: { name: tagOf([folder ?? cwd], timestamp).tag, timestamp },
  };
  const seed = `compare ${baseline.tag} ${timestamp}`;
  const versions = { base, current, objects: paths.objects, stored: baseline, names, seed, what: 'sentinel compare' };
  return { comparison: await compareKept(versions, rules, world), baseline };
}

/**
 * Refuses a baseline that was made in another folder and contains none of the present hooks. No hook could be compared, so the user
 * probably named the wrong baseline.
 * @throws hook_baseline_of_others
 */
function refuseOthers({ tag, of }: Baseline, here: Baseline['of'], changes: readonly HookChange[]): void {
  const isHere = of.plugins === here.plugins && (of.plugins !== null || of.project === here.project);
  if (isHere || changes.length === 0 || changes.some(({ base, current }) => base && current)) return;
  throw failure('hook_baseline_of_others', { tag, of: of.plugins ?? of.project });
}
