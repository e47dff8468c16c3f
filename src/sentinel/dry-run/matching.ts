import { inTime } from '../../core/in-time.ts';

/** Events whose matcher the client does not read. */
const unmatched = new Set([
  'UserPromptSubmit',
  'PostToolBatch',
  'Stop',
  'TeammateIdle',
  'TaskCreated',
  'TaskCompleted',
  'WorktreeCreate',
  'WorktreeRemove',
  'MessageDisplay',
  'CwdChanged',
]);

/** Events whose names are separated by `|` alone, and hold no other character than these. */
const narrow = new Set(['FileChanged', 'StopFailure']);

/** The names that a matcher spells out; undefined where it is a pattern. */
export function namesOf(matcher: string, event: string): string[] | undefined {
  const isNarrow = narrow.has(event);
  if (!(isNarrow ? /^[\w|]+$/ : /^[\w\- ,|]+$/).test(matcher)) return undefined;
  return matcher.split(isNarrow ? '|' : /[|,]/).map((name) => name.trim());
}

/** Whether the client runs a hook with this matcher for an event whose matched field has this value. */
export function matches(matcher: string | null, event: string, value: string): boolean {
  if (matcher === null || matcher === '' || matcher === '*' || unmatched.has(event)) return true;
  const names = namesOf(matcher, event);
  if (names) return names.includes(value);
  try {
    const pattern = new RegExp(matcher);
    return inTime(() => pattern.test(value)) ?? false;
  } catch {
    return false; // no pattern: the client runs it never
  }
}
