import type { HookInput } from './input.ts';
import type { Binding } from './state.ts';

/** Prompts that ask for no answer: that a background task ended, which nobody typed, and a command of ours. */
const NO_TALK = /^(<task-notification>|\/perf-gate:)/;

/**
 * The binding after the user said something, or undefined where that changes nothing. What is typed while the agent works would wait
 * for the end of the loop: the agent is let go once, so that it is heard.
 */
export function speak(input: HookInput, binding: Binding): Binding | undefined {
  if (!input.session || binding.session !== input.session || input.subagent !== null) return undefined;
  const typed = !NO_TALK.test(input.prompt);
  return { ...binding, working: true, spoken: binding.spoken || (typed && binding.working), held: null };
}
