import type { Handler } from '../hook.ts';
import type { Draft } from './found.ts';

/** Default time-outs in seconds, for handlers that declare no time-out. */
const byType: Record<Handler['type'], number> = {
  command: 600,
  http: 600,
  mcp_tool: 600,
  prompt: 30,
  agent: 60,
  unknown: 0,
};
const byEvent: ReadonlyMap<string, number> = new Map([
  ['UserPromptSubmit', 30],
  ['MessageDisplay', 10],
]);

/** The time that all SessionEnd hooks share, in seconds: the default, and the largest time that settings can ask for. */
const END_S = 1.5;
const LONGEST_END_S = 60;

/** How long Claude Code waits for each hook, in seconds. */
export function timeoutsOf(hooks: readonly Draft[], env: NodeJS.ProcessEnv): number[] {
  const end = endOf(hooks, env);
  return hooks.map(({ event, handler, written_s }) => {
    if (event === 'SessionEnd') return Math.min(written_s ?? end, end);
    return written_s ?? Math.min(byEvent.get(event) ?? Infinity, byType[handler.type]);
  });
}

/** The budget of SessionEnd. The time-outs of plugins do not raise the time that SessionEnd hooks share. */
function endOf(hooks: readonly Draft[], env: NodeJS.ProcessEnv): number {
  const set = Number(env.CLAUDE_CODE_SESSIONEND_HOOKS_TIMEOUT_MS);
  if (set > 0) return set / 1000;
  const asked = hooks
    .filter(({ event, plugin, dead }) => event === 'SessionEnd' && plugin === null && dead === null)
    .map(({ written_s }) => written_s ?? 0);
  return Math.min(LONGEST_END_S, Math.max(END_S, ...asked));
}
