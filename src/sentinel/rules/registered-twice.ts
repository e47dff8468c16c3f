import { lets, meaningOf } from '../discover/matcher.ts';
import type { Hook } from '../hook.ts';
import { mainFileOf } from './main-file.ts';
import { rule, type Seen } from './rule.ts';

export const registeredTwice = rule<{ script: string; event: string; hooks: readonly string[] }>({
  id: 'registered-twice',
  severity: 'low',
  title: 'One event runs one script several times',
  remedy: { act: 'declare the script once', lines: 1, saves: true },
  advice: ({ script, event, hooks }) =>
    `${event} runs ${script} in several hooks, ${hooks.join(', ')}: declare the script once.`,
  detect(seen) {
    const file = mainFileOf(seen.script);
    const others = file === null ? [] : seen.hooks.filter((other) => isSame(other, file, seen));
    if (file === null || others[0]?.id !== seen.hook.id || others.length < 2) return [];
    const lines = others.map(({ id }) => seen.scripts.get(id)!.declared);
    return [{ lines, facts: { script: file, event: seen.hook.event, hooks: others.map(({ id }) => id) } }];
  },
});

const isSame = (other: Hook, file: string, { hook, scripts }: Seen): boolean =>
  other.event === hook.event &&
  other.dead === null &&
  other.runs_as === null &&
  scripts.has(other.id) &&
  mainFileOf(scripts.get(other.id)!) === file &&
  mayMeet(hook, other);

/**
 * Whether one event can start both hooks. False if the hooks have different conditions, because this is a good reason to have two hooks.
 */
function mayMeet(a: Hook, b: Hook): boolean {
  const meaning = meaningOf(a.event, a.matcher);
  const names = meaning !== null && meaning !== 'all' && 'names' in meaning ? meaning.names : null;
  const isApart =
    names !== null && meaningOf(b.event, b.matcher) !== null && !names.some((name) => lets(b.event, b.matcher, name));
  return a.if === b.if && !isApart;
}
