import type { Hook } from '../hook.ts';
import { holds } from './condition.ts';
import { lets } from './matcher.ts';
import { handlerKey } from './same.ts';

/** One occurrence of an event. `value`: the text that matchers are compared with, such as the tool's name or the session's source. */
export type Firing = {
  event: string;
  value: string;
  /** The tool's input. Undefined if it is unknown. */
  toolInput?: unknown;
};

/**
 * Whether a hook runs for an occurrence of an event. An `if` counts as fulfilled if the tool's input does not show with certainty whether
 * the `if` holds.
 */
export const matches = (hook: Hook, { event, value, toolInput }: Firing): boolean =>
  hook.dead === null &&
  hook.event === event &&
  lets(event, hook.matcher, value) &&
  (hook.if === null || toolInput === undefined || holds(hook.if, value, toolInput) !== false);

/**
 * All hooks that run in parallel for one occurrence of an event. Identical commands of one source are included once, because Claude Code
 * runs them once.
 */
export function runningTogether(hooks: readonly Hook[], firing: Firing): Hook[] {
  const running = new Map<string, Hook>();
  for (const hook of hooks) {
    if (!matches(hook, firing)) continue;
    const key = handlerKey(hook);
    if (!running.has(key)) running.set(key, hook);
  }
  return [...running.values()];
}
