import { describeEnvironment, type Environment } from '../environment/environment.ts';
import type { Tools } from '../instruments/instrument.ts';
import type { Arm } from './arm.ts';
import { usesShell } from './command.ts';
import { requireCounters } from './count.ts';
import { executor } from './execute-steps.ts';
import type { Fault } from './fault.ts';
import { fitFor } from './fit.ts';
import { comparer } from './output.ts';
import { roundsOf, type SessionPlan, type Step, warmUps } from './plan.ts';
import type { Sample } from './sample.ts';
import { measureShell } from './shell-cost.ts';
import { followTurns } from './turns.ts';

/**
 * The plan that all commands have in common. Each command has an arm of its own, and the script of the command is the `script` of the arm.
 */
export type RoundsPlan = Pick<SessionPlan, 'id' | 'seed' | 'command' | 'warmup_runs' | 'metrics' | 'same_output'> & {
  /** The indices of commands that need no warm-up, because they were executed shortly before these rounds. */
  warm?: readonly number[];
};

/** Callbacks that record the samples and decide which commands are executed next. Commands are identified by their index. */
export type RoundsHooks = {
  /**
   * Called after every execution. If the callback returns `out`, this command is not executed again. If it returns `stop`, all rounds end.
   */
  on(command: number, taken: Sample | Fault): 'continue' | 'out' | 'stop';
  /** Called after each round. `round` is its number, from 1. Returns the commands of the next round. An empty list ends the rounds. */
  next(round: number, present: readonly number[]): readonly number[];
};

export type Rounds = { state: 'complete'; environment: Environment } | { state: 'aborted' };

/**
 * Executes several commands in turn. Each round executes every command once, and the order changes from round to round, so that a drift of
 * the machine favours no command. Warm-ups come first. Each sample has the arm `candidate`, because only the caller knows which command is
 * the base. The sample's `pair` is the number of the round.
 * @throws the errors of `fitFor`; `no_counter`
 */
export async function runRounds(
  plan: RoundsPlan,
  arms: readonly Arm[],
  given: Tools,
  hooks: RoundsHooks,
): Promise<Rounds> {
  const tools = await fitFor(plan, { ...given, arms, already: [] });
  await requireCounters(plan.metrics, arms[0]?.env ?? {});
  const environment = describeEnvironment();
  const inShell = arms.find((arm) => usesShell(arm.script ?? plan.command.script, plan.command.shell));
  const shellCost = inShell ? await measureShell(plan, inShell, tools) : null;
  if (shellCost === undefined) return { state: 'aborted' };
  const session: SessionPlan = { ...plan, looks: [], order: 'sequential' };
  const turns = followTurns({ base: null, candidate: null });
  const shared = { ...tools, shellCost, turns, compare: comparer() };
  const isWarm = (i: number) => plan.warm?.includes(i) === true;
  const executors = arms.map((arm, i) =>
    executor(session, { base: null, candidate: arm }, shared, isWarm(i) ? ['candidate'] : []),
  );
  const orders = roundsOf(plan.seed, arms.length);
  let present: readonly number[] = arms.map((_, i) => i);
  let index = 0;

  /** Executes once each command that still takes part. */
  async function round(pair: number, order: readonly number[]): Promise<'continue' | 'stop' | 'aborted'> {
    for (const i of order.filter((i) => present.includes(i))) {
      const step: Step = { index: index++, pair, arm: 'candidate', warmup: pair === 0 };
      const taken = await executors[i]!.take(step);
      if (taken === undefined) return 'aborted';
      const answer = hooks.on(i, taken);
      if (answer === 'stop') return 'stop';
      if (answer === 'out') present = present.filter((other) => other !== i);
    }
    return 'continue';
  }

  const cold = present.filter((i) => !isWarm(i));
  let answer: Awaited<ReturnType<typeof round>> = 'continue';
  for (let i = 0; i < warmUps(plan) && answer === 'continue'; i++) answer = await round(0, cold);
  for (let n = 1; answer === 'continue' && present.length > 0; n++) {
    answer = await round(n, orders.next().value);
    if (answer === 'continue') present = hooks.next(n, present);
  }
  return answer === 'aborted' ? { state: 'aborted' } : { state: 'complete', environment: environment.end() };
}
