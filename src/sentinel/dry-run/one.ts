import { alone, slopeOf, type Tools } from './alone.ts';
import type { Chosen } from './choose-input.ts';
import type { Run } from './execution.ts';
import type { DryRunOptions, Load } from './options.ts';
import { isEndless } from './outcome.ts';
import type { HookDryRun } from './result.ts';
import type { CommandHook } from './runnable.ts';
import type { Trace } from './trace.ts';

/** A hook alone, with what came of it so far. One that does not end is run once. */
export function oneOf([hook, chosen]: readonly [CommandHook, Chosen], { traces: times }: DryRunOptions, tools: Tools) {
  const one = alone(hook, chosen, tools);
  const found = { runs: [] as Run[], load: [] as Run[], payload: [] as Awaited<ReturnType<typeof one.payload>> };
  const traces: { usual: Trace[]; irrelevant: Trace | null } = { usual: [], irrelevant: null };
  let cold: Run | null = null;
  const isOver = () => [cold, ...found.runs].some((run) => run !== null && isEndless(run.outcome));
  return {
    id: hook.id,
    isEndless: isOver,
    /** A round below 0 does not count; the first of them is the cold one. */
    async runIn(round: number) {
      if (isOver()) return;
      const run = await one.once();
      if (round < 0) cold ??= run;
      else found.runs.push(run);
    },
    async climb(sizes: readonly number[]) {
      if (!isOver()) found.payload = await one.payload(sizes);
    },
    async bear(load: Load) {
      if (!isOver()) found.load = await one.load(load);
    },
    async trace() {
      if (isOver()) return;
      for (let i = 0; i < times; i++) {
        const trace = await one.trace();
        if (trace) traces.usual.push(trace);
      }
      traces.irrelevant = await one.traceIrrelevant();
    },
    /** Undefined where there was no time for it. Where only the cold execution was made, that one counts. */
    result(): HookDryRun | undefined {
      const runs = found.runs.length === 0 && cold ? [cold] : found.runs;
      if (runs.length === 0) return undefined;
      return {
        id: hook.id,
        state: 'run',
        input: chosen.usual.name,
        cold,
        runs,
        trace: traces.usual[0] ?? null,
        irrelevant: traces.irrelevant,
        execs: traces.usual.map(({ execs }) => execs),
        load: found.load,
        payload: found.payload,
        slope: slopeOf(found.payload),
      };
    },
  };
}
