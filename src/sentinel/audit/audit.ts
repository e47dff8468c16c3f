import { homedir } from 'node:os';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { median } from '../../stats/robust.ts';
import { discover } from '../discover/discover.ts';
import type { Problem } from '../discover/found.ts';
import type { Flags } from '../discover/settings.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import type { DryRunOptions } from '../dry-run/options.ts';
import { didItsWork } from '../dry-run/outcome.ts';
import type { CageFacts, DryRun, EventDryRun, HookDryRun, NotMeasured } from '../dry-run/result.ts';
import type { Together } from '../dry-run/together.ts';
import type { Dead, Hook } from '../hook.ts';
import { type Finding, findings } from '../rules/findings.ts';
import { type Redundancy, redundancy } from '../rules/redundancy.ts';
import { readHook } from '../shell/read-hook.ts';
import { DAYS, frequencies } from '../transcripts/frequencies.ts';
import { handlerWords } from '../words.ts';
import { measuredOf, middle } from './measured.ts';
import { minutesOf, type Often } from './minutes.ts';
import { type Recommendation, recommend } from './recommend.ts';
import { type Grade, gradeOf, scoreOf, waitsOf } from './score.ts';

/** One hook of an audit, with the hook's cost. Times are medians in ms. A time is null if the hook was not run. */
export type AuditedHook = {
  id: string;
  plugin: string | null;
  event: string;
  matcher: string | null;
  command: string;
  /** Whether Claude Code does not wait for the hook. */
  async: boolean;
  wall_ms: number | null;
  cpu_ms: number | null;
  runs_ms: number[];
  /** The number of programs that the hook starts, including the shell that runs the hook. Null if programs were not counted. */
  execs: number | null;
  stdout_bytes: number | null;
  dead: Dead | null;
  /** The ids of the rules that found something in this hook. */
  findings: string[];
  /** How the hook's executions ended. Empty if the hook was not run. */
  outcomes: string[];
};

/**
 * A set of hooks that Claude Code runs in parallel. `makespan_ms`: the time until the slowest hook has ended. `cpu_ms`: the sum of the CPU
 * times of all hooks. Both are medians over `runs`.
 */
export type AuditedEvent = {
  event: string;
  matched: string | null;
  hooks: string[];
  makespan_ms: number;
  cpu_ms: number;
  runs: readonly Together[];
};

export type Audit = {
  hooks: (AuditedHook & Often)[];
  events: (AuditedEvent & Often)[];
  /** The sets of parallel hooks that perf-gate did not run. */
  not_measured: NotMeasured[];
  findings: Finding[];
  redundancy: Redundancy[];
  recommendations: Recommendation[];
  score: number;
  grade: Grade;
  /**
   * The share of the runnable hooks that did their work, from 0 to 1. If the share is low, the measured times are possibly too short,
   * because hooks that fail end early.
   */
  coverage: number;
  cage: CageFacts;
  /** The number of days with sessions, from which the minutes per day are computed. 0 without transcripts. */
  days_of_use: number;
  problems: Problem[];
};

/** `dry`: how hooks are run. `dry` is null for an audit that only reads scripts and runs no hook. */
export type Asked = { plugins: string | undefined; flags?: Flags; dry: DryRunOptions | null };

/**
 * Audits all hooks of a project or a folder of plugins: the cost of each hook, the findings in each script, work that several hooks repeat,
 * and recommendations. The project is `world.cwd`.
 * @throws no_plugins, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function audit({ plugins, flags, dry }: Asked, world: World): Promise<Audit> {
  const { hooks, env, problems } = discover({ cwd: world.cwd, env: world.env, plugins, flags });
  const around = { project: world.cwd, home: world.env.HOME ?? homedir() };
  const scripts = new Map(
    await Promise.all(hooks.map(async (hook) => [hook.id, await readHook(hook, around)] as const)),
  );
  const run =
    dry === null
      ? untouched
      : await withMeasurementLock(world, 'sentinel audit', () => dryRun(hooks, { ...dry, variables: env }, world));
  const runs = new Map(run.hooks.map((one) => [one.id, one] as const));
  const repeated = redundancy(hooks, scripts);
  const found = findings(hooks, scripts, dry === null ? null : measuredOf(run.hooks), repeated);
  const events = run.events.map(eventOf);
  const score = scoreOf(waitsOf([...events, ...atLeast(run)]), found);
  const everywhere = frequencies(world, world.clock, dry === null ? 0 : DAYS);
  const here = frequencies(world, world.clock, everywhere.days === 0 ? 0 : DAYS, 'project');
  const minutes = minutesOf(run.events, hooks, { everywhere, here });
  return {
    hooks: hooks.map((hook) => ({
      ...audited(hook, runs.get(hook.id), found),
      minutes_a_day: minutes?.ofHook(hook.id) ?? null,
    })),
    events: events.map((set) => ({ ...set, minutes_a_day: minutes?.ofSet(set) ?? null })),
    not_measured: run.not_measured,
    findings: found,
    redundancy: repeated,
    recommendations: recommend(found, hooks, run.events, minutes),
    score,
    grade: gradeOf(score).grade,
    coverage: coverageOf(hooks, run.hooks),
    cage: run.cage,
    days_of_use: everywhere.days,
    problems,
  };
}

const untouched: DryRun = {
  cage: { level: 'none', why: 'only the scripts were read' },
  hooks: [],
  events: [],
  not_measured: [],
};

function audited(hook: Hook, run: HookDryRun | undefined, found: readonly Finding[]): AuditedHook {
  const { id, plugin, event, matcher, handler, dead } = hook;
  const runs = run?.state === 'run' ? run.runs : [];
  return {
    id,
    plugin,
    event,
    matcher,
    command: handlerWords(handler),
    async: handler.type === 'command' && handler.async,
    wall_ms: middle(runs.map(({ wall_ms }) => wall_ms)),
    cpu_ms: middle(runs.map(({ cpu_ms }) => cpu_ms)),
    runs_ms: runs.map(({ wall_ms }) => wall_ms),
    execs: run?.state === 'run' ? (run.trace?.execs ?? null) : null,
    stdout_bytes: middle(runs.map(({ stdout_bytes }) => stdout_bytes)),
    dead,
    findings: found.filter(({ hook: of }) => of === id).map(({ rule }) => rule),
    outcomes: runs.map(({ outcome }) => outcome),
  };
}

const eventOf = ({ event, matched, hooks, runs }: EventDryRun): AuditedEvent => ({
  event,
  matched,
  hooks,
  makespan_ms: median(runs.map(({ makespan_ms }) => makespan_ms)),
  cpu_ms: median(runs.map(({ cpu_ms }) => cpu_ms)),
  runs,
});

/**
 * The sets of hooks that were not run because some of their hooks do not end, each with a lower bound for its time. The bound is how long
 * the slowest of these hooks ran alone before perf-gate stopped it.
 */
const atLeast = ({ not_measured, hooks }: DryRun) =>
  not_measured
    .filter(({ because }) => because.length > 0)
    .map(({ event, matched, because }) => {
      const runs = hooks.flatMap((hook) => (hook.state === 'run' && because.includes(hook.id) ? hook.runs : []));
      return { event, matched, makespan_ms: Math.max(0, ...runs.map(({ wall_ms }) => wall_ms)) };
    });

function coverageOf(hooks: readonly Hook[], runs: readonly HookDryRun[]): number {
  const alive = hooks.filter(({ dead, runs_as }) => dead === null && runs_as === null);
  const worked = new Set(runs.filter(hasWorked).map(({ id }) => id));
  return alive.length === 0 ? 1 : alive.filter(({ id }) => worked.has(id)).length / alive.length;
}

const hasWorked = (run: HookDryRun) => run.state === 'run' && run.runs.some(({ outcome }) => didItsWork(outcome));
