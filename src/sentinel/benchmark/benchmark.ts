import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { median } from '../../stats/robust.ts';
import { type Grade, gradeOf } from '../audit/score.ts';
import type { Breakdown } from '../breakdown/breakdown.ts';
import { discover } from '../discover/discover.ts';
import type { Flags } from '../discover/settings.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import { hostsOf, type Run } from '../dry-run/execution.ts';
import type { DryRunOptions, Load } from '../dry-run/options.ts';
import type { Outcome } from '../dry-run/outcome.ts';
import type { CageFacts, HookDryRun } from '../dry-run/result.ts';
import type { NotRun } from '../dry-run/runnable.ts';
import type { Hook } from '../hook.ts';
import { handlerWords } from '../words.ts';
import { type Before, comparedWith, type Last } from './before.ts';
import { type Figures, figuresOf, pointsOf } from './grade.ts';

/** The measurements of one hook. Times in ms, memory in kB; `load` is null if the hook was not run under load. */
export type HookBenchmark = { id: string; plugin: string | null; event: string; command: string } & (
  | { state: 'not_run'; why: NotRun }
  | ({
      state: 'run';
      runs: number;
      /** Wall times in ms, in the order of the executions. */
      runs_ms: number[];
      /** The number of executions for each outcome. */
      outcomes: Partial<Record<Outcome, number>>;
      /** The inputs of the hook, with the median time on each input. */
      inputs: { input: string; wall_ms: number }[];
      /** Medians. */
      cpu_ms: number;
      max_rss_kb: number | null;
      stdout_bytes: number;
      stderr_bytes: number;
      /** The wall time of the first execution, which has cold caches. Null if every execution has cold caches. */
      cold_ms: number | null;
      load: (Load & Figures & { runs_ms: number[] }) | null;
      /** How one execution under `strace` spent its time. Null if `strace` is missing, or if the user asked for no trace. */
      breakdown: Breakdown | null;
      /** The hosts that the hook contacted. They are recorded by the cage's sink, a false network that answers every request. */
      hosts: string[];
      /** The previous benchmark of the hook, if it was made in the same way. */
      before: Before | null;
      score: number;
      grade: Grade;
    } & Figures)
);

/**
 * How hooks were run. Only benchmarks made in the same way are compared. `scenario`: the name of the scenario. Null for the hooks' usual
 * inputs.
 */
export type Way = { scenario: string | null; cage: CageFacts };

export type Benchmark = Way & { hooks: HookBenchmark[] };

/** The options of a benchmark. `hook`: a hook's id, the end of an id, or `all`. `last`: finds an earlier benchmark. */
export type Asked = {
  hook: string;
  plugins: string | undefined;
  flags?: Flags;
  dry: DryRunOptions;
  last: (id: string, way: Way) => Last | null;
};

/**
 * Runs hooks many times in a cage: each hook alone and, on request, under load. The project is `world.cwd`.
 * @throws no_plugins, no_hook, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function benchmark({ hook: named, plugins, flags, dry, last }: Asked, world: World): Promise<Benchmark> {
  const { hooks, env } = discover({ cwd: world.cwd, env: world.env, plugins, flags });
  const chosen = named === 'all' ? hooks : hooks.filter(({ id }) => id === named || id.endsWith(`/${named}`));
  if (chosen.length === 0) throw failure('no_hook', { hook: named, known: hooks.map(({ id }) => id) });
  const made = await withMeasurementLock(world, 'sentinel benchmark', () =>
    dryRun(chosen, { ...dry, variables: env }, world),
  );
  const way: Way = { scenario: dry.scenario?.name ?? null, cage: made.cage };
  return {
    ...way,
    hooks: made.hooks.map((run, i) => benchmarked(chosen[i]!, run, dry, last(run.id, way))),
  };
}

function benchmarked(
  { id, plugin, event, handler }: Hook,
  run: HookDryRun,
  { load, scenario }: DryRunOptions,
  last: Last | null,
): HookBenchmark {
  const hook = { id, plugin, event, command: handlerWords(handler) };
  if (run.state === 'not_run') return { ...hook, state: 'not_run', why: run.why };
  const alone = figuresOf(run.runs, scenario?.good);
  const loaded = load && run.load.length > 0 ? figuresOf(run.load, scenario?.good) : null;
  const score = pointsOf(alone, loaded);
  const middle = (of: (one: Run) => number) => median(run.runs.map(of));
  return {
    ...hook,
    state: 'run',
    runs: run.runs.length,
    runs_ms: run.runs.map(({ wall_ms }) => wall_ms),
    outcomes: countedBy(run.runs, ({ outcome }) => outcome),
    inputs: [...new Set(run.runs.map(({ input }) => input))].map((input) => ({
      input,
      wall_ms: median(run.runs.flatMap((one) => (one.input === input ? one.wall_ms : []))),
    })),
    ...alone,
    cpu_ms: middle(({ cpu_ms }) => cpu_ms),
    max_rss_kb: run.runs.some(({ max_rss_kb }) => max_rss_kb === null) ? null : middle((one) => one.max_rss_kb!),
    stdout_bytes: middle(({ stdout_bytes }) => stdout_bytes),
    stderr_bytes: middle(({ stderr_bytes }) => stderr_bytes),
    cold_ms: run.cold?.wall_ms ?? null,
    load: load && loaded && { ...load, ...loaded, runs_ms: run.load.map(({ wall_ms }) => wall_ms) },
    breakdown: run.breakdown,
    hosts: hostsOf(run.runs),
    before: comparedWith(last, alone.wall),
    score,
    grade: gradeOf(score).grade,
  };
}

function countedBy<Key extends string>(runs: readonly Run[], of: (run: Run) => Key): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const run of runs) counts[of(run)] = (counts[of(run)] ?? 0) + 1;
  return counts;
}
