import type { HookInput } from './protocol.ts';
import type { Binding, HookState } from './state.ts';

/**
 * The decision of the Stop hook. `silent`: the agent may end its turn. `go on`: the agent must continue. `pause`: the agent may end its
 * turn, and a message says to the user that the run is paused.
 */
export type StopAnswer =
  | { kind: 'silent'; binding: Binding | null }
  | { kind: 'go on'; text: string; binding: Binding }
  | { kind: 'pause'; text: string; binding: Binding };

/**
 * The number of times that perf-gate keeps an agent from ending its turn while the run makes no transition. The client itself allows this
 * eight times.
 */
export const PATIENCE = 3;

/** The maximum length of the text for the agent, in characters. A longer text is cut. */
export const LONGEST = 2000;

/**
 * The facts by which perf-gate decides whether the agent may end its turn. `busy`: whether a process of perf-gate works on the run, in the
 * background or in another terminal.
 */
type Situation = { state: HookState; binding: Binding | undefined; busy: boolean };

/**
 * Decides whether the agent may end its turn. The agent must go on only if its session drives the run, and if the agent has to take the
 * next step. Otherwise the agent may end its turn, because a session that cannot end is worse than a run that waits.
 */
export function decideStop(input: HookInput, { state, binding, busy }: Situation): StopAnswer {
  if (!binding || !input.session || binding.session !== input.session || binding.run !== state.run)
    return { kind: 'silent', binding: null };
  if (input.subagent !== null) return { kind: 'silent', binding: null };
  const rested: Binding = { ...binding, working: false, spoken: false };
  if (input.background > 0 || busy || state.paused || state.waits_for === 'person' || binding.spoken)
    return { kind: 'silent', binding: rested };
  const times = binding.held?.epoch === state.epoch ? binding.held.times : 0;
  if (times >= PATIENCE) return { kind: 'pause', text: gaveUp(state), binding: { ...rested, held: null } };
  const held = { epoch: state.epoch, times: times + 1 };
  const text = [...(times > 0 ? [missing(state, times)] : []), step(state)].join('\n\n').slice(0, LONGEST);
  return { kind: 'go on', text, binding: { ...binding, working: true, held } };
}

/** The text that tells the agent its next step. */
function step({ run, stage, by, next, draft, brief_file }: HookState): string {
  if (by === 'engine')
    return `The perf-gate run ${run} is in the stage ${stage}, which perf-gate carries out. Next: \`${next}\`.`;
  if (!draft || !brief_file)
    return `The perf-gate run ${run} is in the stage ${stage}, which you carry out. Next: \`${next}\`, which prints the brief.`;
  return [
    `The perf-gate run ${run} is in the stage ${stage}, which you carry out.`,
    `The brief is in ${brief_file} (\`perf-gate next\` prints it again). Write your result into ${draft}.`,
    'Submit this file with `perf-gate submit`, then continue with `perf-gate next`.',
  ].join('\n');
}

/** The text that says why the agent has to repeat a step. */
function missing({ stage, by }: HookState, times: number): string {
  const what = by === 'engine' ? '`perf-gate next` was not called' : `nothing was submitted for ${stage}`;
  const left = PATIENCE - times;
  return `The run has made no progress since you last stopped: ${what}. If you stop ${left === 1 ? 'again' : `${left} more times`} without progress, the run is paused.`;
}

const gaveUp = ({ run, stage }: HookState) =>
  `perf-gate: the agent was asked ${PATIENCE} times to continue the stage ${stage} and made no progress, so the run ${run} is paused. Continue the run with /perf-gate:resume, or end it with /perf-gate:abort.`;
