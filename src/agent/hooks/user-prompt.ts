import type { HookInput } from './input.ts';
import type { Binding } from './state.ts';

/** How the client tells of a background task that ended: as a prompt that nobody typed. */
const NOTIFICATION = '<task-notification>';

/**
 * The binding after the user said something, or undefined where that changes nothing. What is typed while the agent works would wait
 * for the end of the loop: the agent is let go once, so that it is heard.
 */
export function speak(input: HookInput, binding: Binding): Binding | undefined {
  if (!input.session || binding.session !== input.session || input.subagent !== null) return undefined;
  const typed = !input.prompt.startsWith(NOTIFICATION);
  return { ...binding, working: true, spoken: binding.spoken || (typed && binding.working), held: null };
}
