import type { HookInput } from './input.ts';
import { type Binding, bound, type HookState } from './state.ts';

/** What a session is told when it begins, and the binding where it changes. */
export type Greeting = { text: string; binding: Binding | null };

/** The client’s process, as its environment names it. */
type Who = { client: string | null };

/**
 * The brief of the run for the session that drives it, also after a compaction; for another session a hint, and how to take the run over.
 * `/clear` begins a session of another name in the same client: known by its process, it stays the driver.
 */
export function greet(input: HookInput, state: HookState, binding: Binding | undefined, { client }: Who): Greeting {
  const mine = binding?.run === state.run && binding.session === input.session;
  if (mine) {
    // A compaction happens in the middle of the work; else whatever was going on went with the client.
    const going = input.source === 'compact' ? {} : { working: false, spoken: false };
    return { text: briefOf(state), binding: { ...binding, ...going, client: client ?? binding.client, held: null } };
  }
  const cleared =
    input.source === 'clear' && binding?.run === state.run && client !== null && binding.client === client;
  if (cleared) return { text: briefOf(state), binding: { ...bound(state.run, input.session, client), working: false } };
  return { text: hint(state), binding: null };
}

function briefOf(state: HookState): string {
  const paused = state.paused ? 'It is paused: leave it until the user resumes it.' : '';
  return [`A perf-gate run is active in this project, and this session drives it. ${paused}`.trim(), state.brief].join(
    '\n',
  );
}

const hint = ({ run, stage }: HookState) =>
  `A perf-gate run is active in this project (${run}, at ${stage}); another session drives it. Leave it alone, unless the user wants this session to take it over: /perf-gate:resume, or \`perf-gate resume --adopt\`.`;
