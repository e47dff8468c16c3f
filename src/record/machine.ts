import { assign, initialTransition, setup, transition } from 'xstate';
import { type Definition, type EffectName, effectNames, everywhere, type Facts, guardNames } from './definition.ts';
import type { Position } from './fold.ts';

/**
 * The event of the state machine. It contains a stage's result and the facts that the guards read. The event carries the facts, so that a
 * replay of the journal makes the same decisions.
 */
export type StageEvent = { type: string; facts: Facts };

/**
 * Builds the XState machine of a validated workflow. For a transition, the machine says whether the open attempt must be committed or
 * reverted. The machine itself does neither.
 */
export function buildMachine(definition: Definition) {
  const raise = assign({ epoch: ({ context }: { context: { epoch: number } }) => context.epoch + 1 });
  const states = Object.fromEntries([
    ...Object.entries(definition.stages).map(([name, stage]) => [
      name,
      {
        on: {
          ...Object.fromEntries(
            Object.entries(stage.results).map(([result, targets]) => [
              result,
              targets.map((t) => ({
                target: t.to,
                reenter: true,
                ...(t.when ? { guard: t.when } : {}),
                actions: [raise, ...(t.do ? [t.do] : [])],
              })),
            ]),
          ),
          abort: [
            { target: everywhere.abort, guard: 'attempt_open', actions: [raise, 'revert'] },
            { target: everywhere.abort, actions: [raise] },
          ],
          escalate: { target: everywhere.escalate, actions: [raise] },
        },
      },
    ]),
    ...definition.ends.map((end) => [end, { type: 'final' }]),
  ]);
  return setup({
    types: { context: {} as { epoch: number }, events: {} as StageEvent },
    guards: Object.fromEntries(guardNames.map((g) => [g, ({ event }: { event: StageEvent }) => event.facts[g]])),
    actions: Object.fromEntries(effectNames.map((e) => [e, () => {}])),
  }).createMachine({ id: 'perf-gate', initial: definition.initial, context: { epoch: 1 }, states } as never);
}

export type Machine = ReturnType<typeof buildMachine>;

/** The position at which a run begins. */
export function begin(machine: Machine): Position {
  return positionOf(initialTransition(machine)[0]);
}

/**
 * The next position, and whether the open attempt must be committed or reverted before the run moves there. Undefined if the stage does not
 * have the result.
 */
export function step(
  machine: Machine,
  at: Position,
  event: StageEvent,
): (Position & { effects: EffectName[] }) | undefined {
  const snapshot = machine.resolveState({ value: at.stage, context: { epoch: at.epoch } } as never);
  if (!snapshot.can(event as never)) return undefined;
  const [after, actions] = transition(machine, snapshot, event as never);
  const named: string[] = actions.map((a) => a.type);
  const effects = effectNames.filter((name) => named.includes(name));
  return { ...positionOf(after), effects };
}

function positionOf(snapshot: { value: unknown; context: unknown }): Position {
  return { stage: String(snapshot.value), epoch: (snapshot.context as { epoch: number }).epoch };
}
