import type { HookInput } from './protocol.ts';
import { type Binding, bound, type HookState } from './state.ts';

/**
 * The text that perf-gate gives to a session that begins. `binding`: the new binding of the run to a session; null if the binding does not
 * change.
 */
export type Greeting = { text: string; binding: Binding | null };

/** `client`: the process id of the client, from the environment. */
type Who = { client: string | null };

/**
 * The text for a session that begins or was compacted. The session that drives the run gets the brief. Any other session gets a hint that
 * says how to take the run over. After `/clear`, the same client process has a new session, and the new session drives the run.
 */
export function greet(input: HookInput, state: HookState, binding: Binding | undefined, { client }: Who): Greeting {
  const mine = binding?.run === state.run && binding.session === input.session;
  if (mine) {
    // After a compaction, the agent goes on with its work, so `working` stays as it is.
    // In every other case the client was started again, so the agent is not working.
    const going = input.source === 'compact' ? {} : { working: false, spoken: false };
    return { text: briefOf(state), binding: { ...binding, ...going, client: client ?? binding.client, held: null } };
  }
  const cleared =
    input.source === 'clear' && binding?.run === state.run && client !== null && binding.client === client;
  if (cleared) return { text: briefOf(state), binding: { ...bound(state.run, input.session, client), working: false } };
  return { text: hint(state), binding: null };
}

function briefOf(state: HookState): string {
  const paused = state.paused ? 'The run is paused: do nothing until the user resumes the run.' : '';
  return [`A perf-gate run is active in this project, and this session drives it. ${paused}`.trim(), state.brief].join(
    '\n',
  );
}

const hint = ({ run, stage }: HookState) =>
  `A perf-gate run is active in this project (${run}, at ${stage}); another session drives it. Leave the run alone. If the user wants this session to take the run over, use /perf-gate:resume or \`perf-gate resume --adopt\`.`;

/** Matches prompts that need no answer: the client's report about the end of a background task, and commands of perf-gate. */
const NO_TALK = /^(<task-notification>|\/perf-gate:)/;

/**
 * The run's new binding, after the user sent a prompt to the session. Undefined if the prompt does not change the binding. A working agent
 * reads a new prompt only when its turn ends. So after a new prompt, the agent may end its turn once.
 */
export function speak(input: HookInput, binding: Binding): Binding | undefined {
  if (!input.session || binding.session !== input.session || input.subagent !== null) return undefined;
  const typed = !NO_TALK.test(input.prompt);
  return { ...binding, working: true, spoken: binding.spoken || (typed && binding.working), held: null };
}
