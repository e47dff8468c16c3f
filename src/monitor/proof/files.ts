import { dayName, daysBefore } from '../../core/time.ts';
import { matches } from '../../sentinel/discover/matches.ts';
import type { Hook } from '../../sentinel/hook.ts';
import type { Case, Files } from '../analytics/cases.ts';
import { commandName } from '../sources/command-name.ts';
import type { Version } from '../store/installed.ts';

/**
 * The known versions of a case's handler. `changed`: the handler has one version before and another after the rise. `same`: only one
 * version was seen.
 */
export type Then =
  | { state: 'not_found' | 'not_noted' }
  | { state: 'same'; version: Version }
  | { state: 'changed'; from: Version; to: Version };

/** The data about the files of its handler that a case stores; null if the versions around the rise are unknown. */
export function filesOf(versions: readonly Version[], one: Suspected): Files | null {
  const then = filesThen(versions, one);
  if (then.state === 'same') return { hook: then.version.kept.hook.id, changed: null };
  if (then.state !== 'changed') return null;
  const { from, to } = then;
  const days = { first: dayName(from.seen), last: dayName(to.since) };
  return { hook: to.kept.hook.id, changed: { ...days, from: from.hash.slice(0, 12), to: to.hash.slice(0, 12) } };
}

type Suspected = Pick<Case, 'metric' | 'handler' | 'plugin' | 'since'>;

/**
 * The versions of a handler within two days of the first day of the slower level. This day is an estimate, and it can be wrong by a day or
 * two. `versions` are ordered by time. If several hooks have the handler's name, the hook that changed is used.
 */
export function filesThen(versions: readonly Version[], one: Suspected): Then {
  const own = versions.filter(({ kept }) => isOf(kept.hook, one));
  if (own.length === 0) return { state: 'not_found' };
  const groups = [...new Set(own.map(keyOf))].map((key) => own.filter((version) => keyOf(version) === key));
  const all = groups.map((group) => ofOne(group, one.since));
  return all.find(({ state }) => state === 'changed') ?? all.find(({ state }) => state === 'same') ?? all[0]!;
}

const keyOf = ({ project, kept }: Version) => JSON.stringify([project, kept.hook.id]);

function ofOne(group: readonly Version[], since: string): Then {
  const [first, last] = [daysBefore(since, 2), daysBefore(since, -2)];
  const at = group.flatMap((version, i) => {
    const before = group[i - 1];
    return before && dayName(before.seen) <= last && dayName(version.since) >= first ? [i] : [];
  });
  const [from, to] = [group[(at[0] ?? 0) - 1], group[at.at(-1) ?? -1]];
  if (from && to && from.hash !== to.hash) return { state: 'changed', from, to };
  const held = group.find((version) => dayName(version.since) <= first && dayName(version.seen) >= since);
  return held || (from && to) ? { state: 'same', version: held ?? to! } : { state: 'not_noted' };
}

/** Whether a hook is the handler of a case. A handler has a name such as `PostToolUse:Edit format.sh`. */
function isOf(hook: Hook, { metric, handler, plugin }: Suspected): boolean {
  if (handler === null || hook.handler.type !== 'command' || !metric.startsWith('hook.')) return false;
  const [, event = '', value = '', script] = /^(\w+)(?::(\S*))? (.+)$/s.exec(handler) ?? [];
  return (
    matches(hook, { event, value }) &&
    commandName(hook.handler.command) === script &&
    (plugin === null || nameOf(plugin) === nameOf(hook.plugin ?? ''))
  );
}

/** The name of a plugin without the name of its marketplace, which only some sources include. */
const nameOf = (plugin: string) => plugin.split('@')[0];
