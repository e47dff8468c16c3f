import type { Breakdown } from '../breakdown/breakdown.ts';
import { alone, slopeOf, type Tools } from './alone.ts';
import type { Chosen } from './choose-input.ts';
import type { Run } from './execution.ts';
import type { DryRunOptions, Load } from './options.ts';
import { isEndless } from './outcome.ts';
import type { HookDryRun } from './result.ts';
import type { CommandHook } from './runnable.ts';
import type { Trace } from './trace.ts';

/** A hook that runs alone, with its executions so far. A hook that does not end is run once. */
export function oneOf([hook, chosen]: readonly [CommandHook, Chosen], { traces: times }: DryRunOptions, tools: Tools) {
  const one = alone(hook, chosen, tools);
  const found = { runs: [] as Run[], load: [] as Run[], payload: [] as Awaited<ReturnType<typeof one.payload>> };
  const traces: { usual: Trace[]; irrelevant: Trace | null } = { usual: [], irrelevant: null };
  let breakdown: Breakdown | null = null;
  /** The executions of the first warm-up round, whose times do not count. */
  let warmUp: Run[] = [];
  const isOver = () => [...warmUp, ...found.runs].some(({ outcome }) => isEndless(outcome));
  return {
    id: hook.id,
    isEndless: isOver,
    /** Runs the hook once. A round with a negative number is a warm-up, whose times do not count. The first warm-up has cold caches. */
    async runIn(round: number) {
      if (isOver()) return;
      const runs = await one.once();
      if (round >= 0) found.runs.push(...runs);
      else if (warmUp.length === 0) warmUp = runs;
    },
    async climb(sizes: readonly number[]) {
      if (!isOver()) found.payload = await one.payload(sizes);
    },
    async bear(load: Load) {
      if (!isOver()) found.load = await one.load(load);
    },
    async watch() {
      if (!isOver()) breakdown = await one.breakdown();
    },
    async trace() {
      if (isOver()) return;
      for (let i = 0; i < times; i++) {
        const trace = await one.trace();
        if (trace) traces.usual.push(trace);
      }
      traces.irrelevant = await one.traceIrrelevant();
    },
    /**
     * The hook's entry in the result of the dry run. Undefined if the time limit was reached before the hook's first round. If only the
     * first warm-up round was run, this round counts.
     */
    result(): HookDryRun | undefined {
      const runs = found.runs.length === 0 ? warmUp : found.runs;
      if (runs.length === 0) return undefined;
      return {
        id: hook.id,
        state: 'run',
        input: chosen.usual.name,
        cold: warmUp[0] ?? null,
        runs,
        trace: traces.usual[0] ?? null,
        irrelevant: traces.irrelevant,
        execs: traces.usual.map(({ execs }) => execs),
        breakdown,
        load: found.load,
        payload: found.payload,
        slope: slopeOf(found.payload),
      };
    },
  };
}
