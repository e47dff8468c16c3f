import { describeEnvironment, type Environment } from '../environment/environment.ts';
import type { Tools } from '../instruments/instrument.ts';
import type { Arm } from './arm.ts';
import { usesShell } from './command.ts';
import { requireCounters } from './count.ts';
import { executor } from './execute-steps.ts';
import type { Fault } from './fault.ts';
import { fitFor } from './fit.ts';
import { comparer } from './output.ts';
import { roundsOf, type SessionPlan, type Step, schedule, warmUps } from './plan.ts';
import type { Sample } from './sample.ts';
import { measureShell, type ShellCost } from './shell-cost.ts';
import { type Footprint, followTurns } from './turns.ts';

/** Callbacks that record the samples and decide which benchmarks are executed next. Benchmarks are identified by their index. */
export type SuiteHooks = {
  /**
   * Called after every execution. If the callback returns `out`, this benchmark is not executed again. If it returns `stop`, all rounds
   * end.
   */
  on(benchmark: number, arm: Step['arm'], taken: Sample | Fault): 'continue' | 'out' | 'stop';
  /** Called after each round. Round 0 consists of the warm-ups. Returns the benchmarks of the next round. An empty list ends the rounds. */
  next(round: number, present: readonly number[]): readonly number[];
};

export type SuiteRounds = { state: 'complete'; environment: Environment; footprint: Footprint } | { state: 'aborted' };

/**
 * Executes several benchmarks on two arms. Each round executes one pair of every benchmark that still takes part. The order of the
 * benchmarks, and of the arms in each pair, changes from round to round, so that a drift of the machine favours no arm. The looks in the
 * benchmarks' plans are ignored.
 * @throws the errors of `fitFor`; `no_counter`
 */
export async function runSuite(
  plans: readonly SessionPlan[],
  arms: { base: Arm; candidate: Arm },
  given: Tools,
  hooks: SuiteHooks,
): Promise<SuiteRounds> {
  const turns = followTurns(arms);
  const environment = describeEnvironment();
  const compare = plans.map(() => comparer());
  const shells = new Map<SessionPlan['command']['shell'], ShellCost>();
  const executors: ReturnType<typeof executor>[] = [];
  for (const [i, plan] of plans.entries()) {
    const tools = await fitFor(plan, { ...given, arms: [arms.base, arms.candidate], already: [] });
    await requireCounters(plan.metrics, arms.base.env);
    const { script, shell } = plan.command;
    const cost = usesShell(script, shell) ? (shells.get(shell) ?? (await measureShell(plan, arms.base, tools))) : null;
    if (cost === undefined) return { state: 'aborted' };
    if (cost) shells.set(shell, cost);
    executors.push(executor(plan, arms, { ...tools, shellCost: cost, turns, compare: compare[i]! }));
  }
  const orders = roundsOf(plans[0]!.seed, plans.length);
  const indices = plans.map(() => 0);
  let present: readonly number[] = plans.map((_, i) => i);

  /** Executes every benchmark that still takes part, once on each arm. */
  async function round(pair: number, order: readonly number[]): Promise<'continue' | 'stop' | 'aborted'> {
    for (const i of order.filter((i) => present.includes(i))) {
      const pairs = pair === 0 ? (['base', 'candidate'] as const) : schedule(plans[i]!.seed, pair)[pair - 1]!;
      for (const arm of pairs) {
        const taken = await executors[i]!.take({ index: indices[i]!++, pair, arm, warmup: pair === 0 });
        if (taken === undefined) return 'aborted';
        const answer = hooks.on(i, arm, taken);
        if (answer === 'stop') return 'stop';
        if (answer === 'continue') continue;
        present = present.filter((other) => other !== i);
        break;
      }
    }
    return 'continue';
  }

  const warm = Math.max(...plans.map(warmUps));
  let answer: 'continue' | 'stop' | 'aborted' = 'continue';
  for (let i = 0; i < warm && answer === 'continue'; i++) answer = await round(0, present);
  if (answer === 'continue') present = hooks.next(0, present);
  for (let n = 1; answer === 'continue' && present.length > 0; n++) {
    answer = await round(n, orders.next().value);
    if (answer === 'continue') present = hooks.next(n, present);
  }
  return answer === 'aborted'
    ? { state: 'aborted' }
    : { state: 'complete', environment: environment.end(), footprint: turns.end() };
}
