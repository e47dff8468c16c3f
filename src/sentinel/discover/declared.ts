import type { Dead } from '../hook.ts';
import { eventRow, isEvent, isOfTool } from './events.ts';
import { type Draft, type Drafts, type Origin, onlyProblem } from './found.ts';
import { readHandler } from './handler.ts';
import { neverMatches } from './matcher.ts';

/** The largest number of hooks that are read from one file; no real file has more. */
const MOST = 1000;

/**
 * An entry of a declaration, as written. `wrong`: what Claude Code expects at this place, such as “a group with `hooks`”. Null if the entry
 * is at a valid place.
 */
type Entry = { event: string; matcher: string | null; entry: unknown; wrong: string | null };

/**
 * The hooks in an object whose keys are events and whose values are groups of hooks. Such an object is in settings, a `hooks.json`, a
 * manifest or frontmatter. Hooks that Claude Code ignores are included as dead hooks, with the reason.
 */
export function declaredIn(mapping: unknown, origin: Origin): Drafts {
  if (typeof mapping !== 'object' || mapping === null)
    return onlyProblem({
      code: 'unreadable',
      file: origin.file,
      reason: '`hooks` is not an object whose keys are events',
    });
  const entries = entriesOf(mapping);
  return {
    hooks: entries.slice(0, MOST).map((entry) => draftOf(entry, origin)),
    problems: entries.length > MOST ? [{ code: 'too_many', file: origin.file, most: MOST }] : [],
  };
}

function entriesOf(mapping: unknown): Entry[] {
  if (Array.isArray(mapping))
    return mapping.flatMap((item) => {
      const { event, ...group } = isRecord(item) ? item : { event: '' };
      return inGroup(String(event ?? ''), isRecord(item) ? group : item, '`hooks` as an object whose keys are events');
    });
  return Object.entries(isRecord(mapping) ? mapping : {}).flatMap(([event, groups]) =>
    Array.isArray(groups)
      ? groups.flatMap((group) => inGroup(event, group, null))
      : inGroup(event, groups, 'a list of groups'),
  );
}

/**
 * The entries of one group of hooks. `outside`: null if the object or list around the group is valid. Otherwise, what Claude Code expects
 * instead of that object or list.
 */
function inGroup(event: string, group: unknown, outside: string | null): Entry[] {
  if (!isRecord(group)) return [{ event, matcher: null, entry: group, wrong: outside ?? 'a group with `hooks`' }];
  const matcher = typeof group.matcher === 'string' ? group.matcher : null;
  if (!('hooks' in group))
    return [{ event, matcher, entry: group, wrong: outside ?? 'a group around the handler: `{ "hooks": [ … ] }`' }];
  if (!Array.isArray(group.hooks))
    return [{ event, matcher, entry: group.hooks, wrong: outside ?? 'a list of handlers in `hooks`' }];
  const wrong = outside ?? ('matcher' in group && typeof group.matcher !== 'string' ? 'a string as `matcher`' : null);
  return group.hooks.map((entry) => ({ event, matcher, entry, wrong }));
}

function draftOf({ event, matcher, entry, wrong }: Entry, origin: Origin): Draft {
  const read = readHandler(entry);
  const { handler, written_s } = read;
  const draft = { ...origin, event, matcher, if: read.if, handler, written_s };
  const expected = wrong ?? read.wrong;
  return { ...draft, dead: expected === null ? causeOf(draft) : { code: 'shape', expected } };
}

/** Why Claude Code never runs a hook that is declared correctly. Null if Claude Code runs the hook. */
function causeOf({ event, matcher, if: condition, handler }: Omit<Draft, 'dead'>): Dead | null {
  if (!isEvent(event)) return { code: 'event', event };
  if (condition && !isOfTool(event)) return { code: 'if' };
  if (eventRow(event)?.not?.includes(handler.type)) return { code: 'type', type: handler.type };
  return neverMatches(event, matcher) ? { code: 'matcher', matcher: matcher ?? '' } : null;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
