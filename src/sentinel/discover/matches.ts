import type { Hook } from '../hook.ts';
import { holds } from './condition.ts';
import { lets } from './matcher.ts';
import { handlerKey } from './same.ts';

/** An event as it happens: `value` is what the event's matchers are compared with, such as the tool's name or the session's source. */
export type Firing = {
  event: string;
  value: string;
  /** What the tool is called with, where that is known. */
  toolInput?: unknown;
};

/** Whether a hook runs when this happens. An `if` is taken as fulfilled, unless it certainly is not: it depends on the tool's input. */
export const matches = (hook: Hook, { event, value, toolInput }: Firing): boolean =>
  hook.dead === null &&
  hook.event === event &&
  lets(event, hook.matcher, value) &&
  (hook.if === null || toolInput === undefined || holds(hook.if, value, toolInput) !== false);

/** All hooks that run, in parallel, when this happens: each command of one source once, as the client does it. */
export function runningTogether(hooks: readonly Hook[], firing: Firing): Hook[] {
  const running = new Map<string, Hook>();
  for (const hook of hooks) {
    if (!matches(hook, firing)) continue;
    const key = handlerKey(hook);
    if (!running.has(key)) running.set(key, hook);
  }
  return [...running.values()];
}
