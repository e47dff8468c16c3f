import { roundsOf } from '../../measure/sessions/plan.ts';
import type { Tools } from './alone.ts';
import type { DryRunOptions } from './options.ts';
import type { EventDryRun, NotMeasured } from './result.ts';
import type { CommandHook } from './runnable.ts';
import { type EventSet, runTogether, type Together } from './together.ts';

/** The name of the cage that is kept for a whole session of Claude Code. */
export const SESSION = 'session';

/**
 * A set of hooks, and the executions of this set so far. On request, smaller sets are run too: for each hook, the set without this hook.
 */
export function eventOf(set: EventSet, { marginal, seed }: DryRunOptions, tools: Tools) {
  const { key, event, matched, input, hooks } = set;
  const apart = marginal && hooks.length > 1 ? hooks.map(({ id }) => ({ id, runs: [] as Together[] })) : [];
  const runs: Together[] = [];
  const variants = [
    { set, runs },
    ...apart.map(({ id, runs: without }) => ({ set: lacking(set, new Set([id])), runs: without })),
  ];
  const orders = roundsOf(seed, variants.length);
  let executions = 0;
  let left: ReadonlySet<string> = new Set<string>();
  /** Hooks that do not end, although Claude Code waits for them. */
  let endless: string[] = [];
  return {
    key,
    name: matched === null ? event : `${event} ${matched}`,
    /**
     * Runs the set once. A round with a negative number is a warm-up, whose times do not count. `over`: the ids of hooks that do not end.
     * If Claude Code waits for one of these hooks, the set is not run. Otherwise, the set runs without these hooks.
     */
    async runIn(round: number, over: ReadonlySet<string>) {
      endless = [
        ...new Set([...endless, ...hooks.filter((hook) => over.has(hook.id) && isWaited(hook)).map(({ id }) => id)]),
      ];
      left = over;
      for (const i of orders.next().value) {
        const { set: variant, runs: made } = variants[i]!;
        const rest = lacking(variant, over);
        if (endless.length > 0 || rest.hooks.length === 0) return;
        const run = await tools.cages.inside(SESSION, (cage) => runTogether(rest, cage, executions++, tools));
        endless = run.endless;
        if (round >= 0 && endless.length === 0) made.push(run.together);
      }
    },
    result(): EventDryRun | NotMeasured {
      const ids = lacking(set, left).hooks.map(({ id }) => id);
      if (runs.length === 0) return { event, matched, hooks: hooks.map(({ id }) => id), because: endless };
      return { key, event, matched, input: input.name, hooks: ids, runs, without: apart };
    },
  };
}

const lacking = (set: EventSet, ids: ReadonlySet<string>): EventSet => ({
  ...set,
  hooks: set.hooks.filter(({ id }) => !ids.has(id)),
});

const isWaited = ({ handler }: CommandHook) => !handler.async;
