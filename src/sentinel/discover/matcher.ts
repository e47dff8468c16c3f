import { inTime } from '../../core/in-time.ts';
import { eventRow, isEvent, isOfTool } from './events.ts';

/** What a matcher means: everything, one of a few names, or a pattern that may fit anywhere; null for a pattern that is none. */
type Meaning = 'all' | { names: readonly string[] } | { pattern: RegExp } | null;

/** How long a pattern may take on one name, where it may take very long. The client has no such limit: it would hang. */
const PATTERN_MS = 50;

/** Patterns that took longer are not tried again. */
const endless = new Set<string>();

/** No repetition of a group, and few others: on a short text such a pattern ends at once. */
const endsSoon = (pattern: string, text: string) =>
  text.length < 200 && !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+{]/g)?.length ?? 0) <= 3;

/** The client reads a text of these characters as names, and any other as a pattern. */
const names = /^[\w, |-]*$/;
/** On these events names are separated by `|` alone, and a blank or a comma makes a pattern. */
const strict: Record<string, RegExp> = { FileChanged: /^[\w|]*$/, StopFailure: /^[\w|]*$/ };

/** The older name of a tool still matches it. */
const olderNames: Record<string, string> = { Task: 'Agent' };

export function meaningOf(event: string, matcher: string | null): Meaning {
  if (matcher === null || matcher === '' || matcher === '*' || eventRow(event)?.field === null) return 'all';
  if ((strict[event] ?? names).test(matcher)) return { names: matcher.split(/[|,]/).map((name) => name.trim()) };
  try {
    return { pattern: new RegExp(matcher) };
  } catch {
    return null;
  }
}

/** Whether a matcher lets an event through whose field has this value. */
export function lets(event: string, matcher: string | null, value: string): boolean {
  const meaning = meaningOf(event, matcher);
  if (meaning === 'all' || meaning === null) return meaning === 'all';
  if ('names' in meaning) return meaning.names.some((name) => name === value || olderNames[name] === value);
  return fits(meaning.pattern, value);
}

function fits(pattern: RegExp, value: string): boolean {
  if (endsSoon(pattern.source, value)) return pattern.test(value);
  if (endless.has(pattern.source)) return false;
  const result = inTime(() => pattern.test(value), PATTERN_MS);
  if (result === undefined) endless.add(pattern.source);
  return result ?? false;
}

/** Tools of the client. */
export const toolNames: readonly string[] =
  'Agent AskUserQuestion Bash BashOutput Edit ExitPlanMode Glob Grep KillShell LSP MultiEdit NotebookEdit Read Skill TodoWrite WebFetch WebSearch Write'.split(
    ' ',
  );
const inSmallLetters = new Map([...toolNames, ...Object.keys(olderNames)].map((name) => [name.toLowerCase(), name]));

/**
 * Whether no event can ever get through. Only what is certain: a pattern that is none; values that the field does not have; `mcp__server`,
 * which names no tool; a tool that is spelled with other capitals; and an event in the place of a tool.
 */
export function neverMatches(event: string, matcher: string | null): boolean {
  const meaning = meaningOf(event, matcher);
  if (meaning === 'all' || meaning === null) return meaning === null;
  const values = eventRow(event)?.values;
  if (values) return !values.some((value) => lets(event, matcher, value));
  return isOfTool(event) && 'names' in meaning && meaning.names.every(isNoTool);
}

function isNoTool(name: string): boolean {
  if (name === '' || isEvent(name)) return true;
  if (name.startsWith('mcp__')) return !name.slice('mcp__'.length).includes('__');
  const known = inSmallLetters.get(name.toLowerCase());
  return known !== undefined && known !== name;
}

/** Whether everything that the second matcher lets through gets through the first, too. */
export function covers(event: string, wide: string | null, narrow: string | null): boolean {
  const [a, b] = [meaningOf(event, wide), meaningOf(event, narrow)];
  if (a === 'all' || wide === narrow) return a !== null;
  if (a === null || b === null || b === 'all') return false;
  return 'names' in b && b.names.every((name) => lets(event, wide, name));
}
