import { inTime } from '../../core/in-time.ts';
import { eventRow, isEvent, isOfTool } from './events.ts';

/**
 * The meaning of a matcher: all values, a list of names, or a pattern. A pattern can match any part of the value. Null for an invalid
 * pattern.
 */
type Meaning = 'all' | { names: readonly string[] } | { pattern: RegExp } | null;

/** The time limit, in ms, for comparing a pattern with one name. Claude Code has no such limit, so a slow pattern would make it hang. */
const PATTERN_MS = 50;

/** Patterns that reached the time limit and are not tried again. */
const endless = new Set<string>();

/** Whether the pattern is surely quick: the pattern repeats no group and has few repetitions, and the text is short. */
const endsSoon = (pattern: string, text: string) =>
  text.length < 200 && !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+{]/g)?.length ?? 0) <= 3;

/** Claude Code reads a text of only these characters as names, and any other text as a pattern. */
const names = /^[\w, |-]*$/;
/** For these events, only `|` separates names, and a text with a blank or a comma is a pattern. */
const strict: Record<string, RegExp> = { FileChanged: /^[\w|]*$/, StopFailure: /^[\w|]*$/ };

/** Older names of tools. A matcher that contains an older name of a tool still matches the tool. */
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

/** Whether a matcher accepts an event whose matched field has this value. */
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

/** The client's own tools. */
export const toolNames: readonly string[] =
  'Agent AskUserQuestion Bash BashOutput Edit ExitPlanMode Glob Grep KillShell LSP MultiEdit NotebookEdit Read Skill TodoWrite WebFetch WebSearch Write'.split(
    ' ',
  );
const inSmallLetters = new Map([...toolNames, ...Object.keys(olderNames)].map((name) => [name.toLowerCase(), name]));

/**
 * Whether the matcher surely accepts no event. Examples are an invalid pattern, and values that the field never has. For tools, further
 * examples are a tool's name with wrong capitals, the name of an event, and the name of a server (`mcp__server`).
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

/** Whether the first matcher accepts every value that the second matcher accepts. */
export function covers(event: string, wide: string | null, narrow: string | null): boolean {
  const [a, b] = [meaningOf(event, wide), meaningOf(event, narrow)];
  if (a === 'all' || wide === narrow) return a !== null;
  if (a === null || b === null || b === 'all') return false;
  return 'names' in b && b.names.every((name) => lets(event, wide, name));
}
