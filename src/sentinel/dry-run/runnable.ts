import type { Dead, Handler, Hook } from '../hook.ts';

/** A hook that can be run in a cage. */
export type CommandHook = Hook & { handler: Extract<Handler, { type: 'command' }> };

/**
 * Why a hook is not run. A hook with the reason `no_cage`, `no_time` or `no_input` can possibly be run on another machine or with another
 * input.
 */
export type NotRun =
  | { code: 'dead'; dead: Dead }
  | { code: 'handler'; type: Handler['type'] }
  | { code: 'powershell' }
  | { code: 'same_as'; hook: string }
  | { code: 'no_input'; event: string; matcher: string | null }
  | { code: 'not_in_scenario'; scenario: string }
  | { code: 'no_cage'; detail: string }
  /** Code `no_time`: the dry run reached its time limit before the hook was run. */
  | { code: 'no_time'; limit_s: number };

/** Why Claude Code never runs a hook, or why the hook cannot be run in a cage. Undefined if the hook can be run in a cage. */
export function whyNot({ dead, runs_as, handler }: Hook): NotRun | undefined {
  if (dead) return { code: 'dead', dead };
  if (runs_as !== null) return { code: 'same_as', hook: runs_as };
  if (handler.type !== 'command') return { code: 'handler', type: handler.type };
  return handler.shell === 'powershell' ? { code: 'powershell' } : undefined;
}

export const isRunnable = (hook: Hook): hook is CommandHook => whyNot(hook) === undefined;
