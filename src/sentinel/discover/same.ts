import type { Hook } from '../hook.ts';
import { covers } from './matcher.ts';

/** The fields of a hook that `runsAs` compares. */
type Compared = Pick<Hook, 'source' | 'plugin' | 'file' | 'event' | 'matcher' | 'if' | 'handler' | 'dead'>;

const keys = new WeakMap<object, string>();

/**
 * A key that is equal for two hooks if Claude Code runs only one of them. Two such hooks have the same handler. Both also belong to one
 * plugin, skill or agent, or both belong to settings.
 */
export function handlerKey(hook: Compared): string {
  const known = keys.get(hook);
  if (known !== undefined) return known;
  const made = keyOf(hook);
  keys.set(hook, made);
  return made;
}

function keyOf({ source, plugin, file, event, handler, if: condition }: Compared): string {
  const ofFile = source === 'skill' || source === 'agent';
  const { async: _, ...command } = handler.type === 'command' ? handler : { ...handler, async: false };
  return JSON.stringify([ofFile ? file : plugin, event, condition, command]);
}

/**
 * For each hook, the index of another hook that always runs instead of it, or null. The other hook has the same handler, and its matcher
 * accepts every value that this hook's matcher accepts.
 */
export function runsAs(hooks: readonly Compared[]): (number | null)[] {
  const alike = new Map<string, Placed[]>();
  for (const [at, hook] of hooks.entries()) {
    if (hook.dead) continue;
    const key = handlerKey(hook);
    const group = alike.get(key);
    if (group) group.push({ hook, at });
    else alike.set(key, [{ hook, at }]);
  }
  const result: (number | null)[] = hooks.map(() => null);
  for (const group of alike.values()) {
    const leading = group.filter((one) => !group.some((other) => replaces(other, one)));
    for (const one of group) result[one.at] = leading.find((leader) => replaces(leader, one))?.at ?? null;
  }
  return result;
}

type Placed = { hook: Compared; at: number };

/** Whether one hook always runs instead of the other. If both matchers accept the same values, the first hook runs. */
const replaces = ({ hook, at }: Placed, other: Placed): boolean =>
  at !== other.at &&
  covers(hook.event, hook.matcher, other.hook.matcher) &&
  (at < other.at || !covers(hook.event, other.hook.matcher, hook.matcher));
