import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import { makeDir, setMode } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { describeEnvironment } from '../../measure/environment/environment.ts';
import { middle } from '../audit/measured.ts';
import { discover } from '../discover/discover.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import { type DryRunOptions, usualOptions } from '../dry-run/options.ts';
import type { EventDryRun, HookDryRun } from '../dry-run/result.ts';
import { sentinelHome } from '../store/home.ts';
import { openCache } from '../store/open.ts';
import { type KeptHook, keepHooks } from '../store/own-files.ts';
import { sentinelPaths } from '../store/paths.ts';
import { checkedTag, tagOf } from '../store/tag.ts';
import { handlerWords } from '../words.ts';
import { mayWrite, writeBaseline } from './files.ts';
import type { Baseline } from './schema.ts';
import { measurementsOf } from './waits.ts';

/**
 * The options of the command `baseline`. `tag`: the name of the baseline. If the tag is undefined, the version of the measured plugins is
 * the name. `force`: whether an existing baseline with this name is replaced.
 */
export type Asked = {
  plugins: string | undefined;
  tag: string | undefined;
  force: boolean;
  dry: Pick<DryRunOptions, 'runs' | 'network' | 'state' | 'strace'>;
};

/**
 * Measures the hooks of a project or a folder of plugins, and stores the times and the hooks' files. The project is `world.cwd`. Returns
 * the baseline and the path of its file.
 * @throws hook_baseline_tag, hook_baseline_exists, sentinel_home_taken, no_plugins, no_cage, hook_input_invalid, room_lost,
 * instrument_broken, interrupted
 */
export async function makeBaseline(asked: Asked, world: World): Promise<{ baseline: Baseline; file: string }> {
  const { cwd, env, clock } = world;
  const home = sentinelHome(env);
  const paths = sentinelPaths(home);
  const folder = asked.plugins === undefined ? null : resolve(cwd, asked.plugins);
  const timestamp = clock.now();
  const known = tagOf([folder ?? cwd], timestamp);
  const tag = asked.tag === undefined ? known.tag : checkedTag(asked.tag);
  if (!asked.force) mayWrite(paths, tag);
  openCache(home);
  makeDir(home.data);
  setMode(home.data, 0o700); // only this user can read the folder, because it contains copies of private hooks
  const { hooks } = discover({ cwd, env, plugins: asked.plugins });
  const machine = describeEnvironment();
  const dry = { ...usualOptions, ...asked.dry, seed: `baseline ${tag} ${timestamp}` };
  const kept = await keepHooks(hooks, paths.objects, { project: cwd, home: env.HOME ?? homedir() });
  const run = await withMeasurementLock(world, 'sentinel baseline', () => dryRun(hooks, dry, world));
  if (run.cage.level === 'none') throw failure('no_cage', { why: run.cage.why });
  const { cpu_model, cores, platform, kernel, load_end } = machine.end();
  const events = run.events.map(eventOf);
  const runs = new Map(run.hooks.map((one) => [one.id, one] as const));
  const { level, network, state } = run.cage;
  const baseline: Baseline = {
    format: 1,
    tag,
    version: known.version,
    timestamp,
    measurements: measurementsOf(events),
    metadata: {
      hook_count: hooks.length,
      total_hook_lines: linesOf(kept),
      plugins: [...new Set(hooks.flatMap(({ plugin }) => plugin ?? []))],
    },
    of: { project: cwd, plugins: folder },
    method: 'native',
    machine: { cpu_model, cores, platform, kernel, load: load_end },
    order: { kind: 'in_turn', seed: dry.seed },
    cage: { level, network, state },
    hooks: kept.map((one) => hookOf(one, runs.get(one.hook.id))),
    events,
  };
  return { baseline, file: writeBaseline(paths, baseline) };
}

/** The number of lines of all scripts. A script that several hooks run counts once. */
export const linesOf = (kept: readonly { lines: Record<string, number> }[]): number =>
  Object.values(Object.assign({}, ...kept.map(({ lines }) => lines)) as Record<string, number>).reduce(
    (sum, lines) => sum + lines,
    0,
  );

const eventOf = ({ key, event, matched, hooks, runs }: EventDryRun): Baseline['events'][number] => ({
  key,
  event,
  matched,
  hooks,
  runs: runs.map(({ makespan_ms }) => makespan_ms),
  cpu: runs.map(({ cpu_ms }) => cpu_ms),
});

function hookOf({ hook, hash, files, lines }: KeptHook, run: HookDryRun | undefined): Baseline['hooks'][number] {
  const { id, plugin, event, matcher, source, root, file, handler, timeout_s, dead, runs_as } = hook;
  const runs = run?.state === 'run' ? run.runs : [];
  return {
    id,
    plugin,
    event,
    matcher,
    command: handlerWords(handler),
    declared: {
      source,
      root,
      file,
      if: hook.if,
      handler: handler.type === 'command' ? { ...handler, args: handler.args && [...handler.args] } : handler,
      timeout_s,
      dead,
      runs_as,
    },
    hash,
    objects: files.map((one) => ({ ...one, left_out: [...one.left_out] })),
    lines,
    runs: runs.map(({ wall_ms }) => wall_ms),
    cpu: runs.map(({ cpu_ms }) => cpu_ms),
    outcomes: runs.map(({ outcome }) => outcome),
    execs: run?.state === 'run' ? (run.execs[0] ?? null) : null,
    stdout_bytes: middle(runs.map(({ stdout_bytes }) => stdout_bytes)),
  };
}
