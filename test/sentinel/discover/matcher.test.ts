import { expect, it, test } from 'vitest';
import { covers, lets, neverMatches } from '../../../src/sentinel/discover/matcher.ts';
import { matches, runningTogether } from '../../../src/sentinel/discover/matches.ts';
import { setsOf } from '../../../src/sentinel/discover/sets.ts';
import { discoverIn, folderWith, says } from './place.ts';

test.each<[string | null, string, boolean]>([
  [null, 'Bash', true],
  ['', 'Bash', true],
  ['*', 'Bash', true],
  ['Bash', 'Bash', true],
  ['Bash', 'BashOutput', false],
  ['bash', 'Bash', false],
  ['Edit|Write', 'Write', true],
  ['Edit, Write', 'Write', true],
  [' Edit | Write ', 'Write', true],
  ['Edit|Write|', 'Edit', true],
  ['Edit|Write', 'NotebookEdit', false],
  ['^Edit', 'Edit', true],
  ['Edit.*', 'NotebookEdit', true],
  ['^(Edit|Write)$', 'NotebookEdit', false],
  ['mcp__files', 'mcp__files__read', false],
  ['mcp__files__.*', 'mcp__files__read', true],
  ['mcp__files__read', 'mcp__files__read', true],
  ['(Bash', 'Bash', false],
  ['Task', 'Agent', true],
])('the matcher %j on the tool %s: %s', (matcher, tool, result) => {
  expect(lets('PreToolUse', matcher, tool)).toBe(result);
});

it('an event that ignores matchers accepts every matcher', () => {
  expect(lets('Stop', 'Bash', '')).toBe(true);
  expect(neverMatches('Stop', '(')).toBe(false);
});

it('for some events a blank or a comma makes a pattern', () => {
  expect(lets('FileChanged', 'a,b', 'b')).toBe(false);
  expect(lets('FileChanged', 'a|b', 'b')).toBe(true);
});

test.each<[string, string, boolean]>([
  ['PreToolUse', 'mcp__files', true],
  ['PreToolUse', 'mcp__files|Bash', false],
  ['PreToolUse', 'mcp__files__.*', false],
  ['PreToolUse', 'bash', true],
  ['PreToolUse', 'edit|write', true],
  ['PreToolUse', 'SomeToolOfTomorrow', false],
  ['PostToolUse', 'Stop', true],
  ['PostToolUse', 'Stop|Bash', false],
  ['PreToolUse', '[', true],
  ['SessionStart', 'start', true],
  ['SessionStart', 'Startup', true],
  ['SessionStart', 'start.*', false],
  ['SessionStart', '^xyz', true],
  ['PreCompact', 'manual', false],
  ['SessionEnd', 'quit', true],
  ['SubagentStop', 'any-agent', false],
])('on %s the matcher %s is dead: %s', (event, matcher, dead) => {
  expect(neverMatches(event, matcher)).toBe(dead);
});

test.each<[string | null, string | null, boolean]>([
  [null, 'Bash', true],
  ['*', null, true],
  ['Bash|Edit', 'Edit', true],
  ['Edit', 'Bash|Edit', false],
  ['Ba.*', 'Bash', true],
  ['Ba.*', 'Ba.*', true],
  ['Bash', 'Ba.*', false],
  ['Bash', null, false],
  ['(', 'Bash', false],
])('%j covers %j: %s', (wide, narrow, result) => {
  expect(covers('PreToolUse', wide, narrow)).toBe(result);
});

const groups = (...all: [string | null, string][]) =>
  discoverIn(
    folderWith({
      'p/hooks/hooks.json': {
        hooks: {
          PostToolUse: all.map(([matcher, name]) => ({ ...(matcher ? { matcher } : {}), hooks: [says(name)] })),
        },
      },
    }),
    { plugins: '../p' },
  ).hooks;

it('the same command runs once if both its matchers match, even if neither covers the other', () => {
  const hooks = groups(['Edit|Write', 'a'], ['Write|Read', 'a'], ['Read', 'b']);
  expect(hooks.map(({ runs_as }) => runs_as)).toEqual([null, null, null]);
  const ids = (value: string) => runningTogether(hooks, { event: 'PostToolUse', value }).map(({ id }) => id);
  expect(ids('Write')).toEqual(['p/PostToolUse/1']);
  expect(ids('Read')).toEqual(['p/PostToolUse/2', 'p/PostToolUse/3']);
  expect(matches(hooks[2]!, { event: 'PreToolUse', value: 'Read' })).toBe(false);
});

it('the hook with the widest matcher runs for narrower ones, wherever it is declared', () => {
  const hooks = groups(['Edit', 'a'], [null, 'a'], ['Write', 'a'], [null, 'a']);
  const widest = 'p/PostToolUse/2';
  expect(hooks.map(({ runs_as }) => runs_as)).toEqual([widest, null, widest, widest]);
});

it('lists the hooks that run at once, and for which values', () => {
  expect(setsOf(groups(['Edit|Write', 'a'], ['Write', 'b'], ['mcp__x', 'dead']))).toEqual([
    { event: 'PostToolUse', values: ['Write'], hooks: ['p/PostToolUse/1', 'p/PostToolUse/2'] },
    { event: 'PostToolUse', values: ['Edit'], hooks: ['p/PostToolUse/1'] },
  ]);
});
