import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { median } from '../../stats/robust.ts';
import { type Grade, gradeOf } from '../audit/score.ts';
import { discover } from '../discover/discover.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import type { Run } from '../dry-run/execution.ts';
import type { DryRunOptions, Load } from '../dry-run/options.ts';
import type { CageFacts, HookDryRun } from '../dry-run/result.ts';
import type { NotRun } from '../dry-run/runnable.ts';
import type { Hook } from '../hook.ts';
import { handlerWords } from '../words.ts';
import { type Figures, figuresOf, pointsOf } from './grade.ts';

/** A hook and how fast it is. Times in ms, memory in kB; `load` null without one. */
export type HookBenchmark = { id: string; plugin: string | null; event: string; command: string } & (
  | { state: 'not_run'; why: NotRun }
  | ({
      state: 'run';
      runs: number;
      /** Each of them, in ms and in their order. */
      runs_ms: number[];
      /** Medians. */
      cpu_ms: number;
      max_rss_kb: number | null;
      stdout_bytes: number;
      stderr_bytes: number;
      /** The first execution, which found nothing warm; null where each finds that. */
      cold_ms: number | null;
      load: (Load & Figures & { runs_ms: number[] }) | null;
      score: number;
      grade: Grade;
    } & Figures)
);

export type Benchmark = { hooks: HookBenchmark[]; cage: CageFacts };

/** `hook`: an id or the end of one, or `all`. */
export type Asked = { hook: string; plugins: string | undefined; dry: DryRunOptions };

/**
 * Runs some hooks often, alone and under load, in a cage. `cwd` of the world is the project.
 * @throws no_plugins, no_hook, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function benchmark({ hook: named, plugins, dry }: Asked, world: World): Promise<Benchmark> {
  const { hooks } = discover({ cwd: world.cwd, env: world.env, plugins });
  const chosen = named === 'all' ? hooks : hooks.filter(({ id }) => id === named || id.endsWith(`/${named}`));
  if (chosen.length === 0) throw failure('no_hook', { hook: named, known: hooks.map(({ id }) => id) });
  const made = await withMeasurementLock(world, 'sentinel benchmark', () => dryRun(chosen, dry, world));
  return { hooks: made.hooks.map((run, i) => benchmarked(chosen[i]!, run, dry.load)), cage: made.cage };
}

function benchmarked({ id, plugin, event, handler }: Hook, run: HookDryRun, load: Load | null): HookBenchmark {
  const hook = { id, plugin, event, command: handlerWords(handler) };
  if (run.state === 'not_run') return { ...hook, state: 'not_run', why: run.why };
  const alone = figuresOf(run.runs);
  const loaded = load && run.load.length > 0 ? figuresOf(run.load) : null;
  const score = pointsOf(alone, loaded);
  const middle = (of: (one: Run) => number) => median(run.runs.map(of));
  return {
    ...hook,
    state: 'run',
    runs: run.runs.length,
    runs_ms: run.runs.map(({ wall_ms }) => wall_ms),
    ...alone,
    cpu_ms: middle(({ cpu_ms }) => cpu_ms),
    max_rss_kb: run.runs.some(({ max_rss_kb }) => max_rss_kb === null) ? null : middle((one) => one.max_rss_kb!),
    stdout_bytes: middle(({ stdout_bytes }) => stdout_bytes),
    stderr_bytes: middle(({ stderr_bytes }) => stderr_bytes),
    cold_ms: run.cold?.wall_ms ?? null,
    load: load && loaded && { ...load, ...loaded, runs_ms: run.load.map(({ wall_ms }) => wall_ms) },
    score,
    grade: gradeOf(score).grade,
  };
}
