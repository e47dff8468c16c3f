import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeOf } from '../../../src/sentinel/dry-run/cage.ts';
import { textOf } from '../../../src/sentinel/dry-run/fill.ts';
import { readInputs } from '../../../src/sentinel/dry-run/inputs.ts';
import { readScenario, stepsFor } from '../../../src/sentinel/dry-run/scenarios.ts';
import { sessionOf } from '../../../src/sentinel/dry-run/session.ts';
import { folder } from '../../helpers/folder.ts';
import { hookOf } from './hooks.ts';

const inputs = readInputs();
const place = { ...placeOf('/project', { HOME: '/home/me' }), file: '/project/src/app.ts' };
const scenario = (name: string) => readScenario(name, '/');
const steps = (name: string, event: string, matcher: string | null = null) =>
  stepsFor(hookOf('a', ':', { event, matcher }), scenario(name), inputs);
const texts = (name: string, event: string, matcher: string | null = null) =>
  steps(name, event, matcher).map((input) => textOf(input, sessionOf(place, 'seed', 0), place));

const shipped = readdirSync('sentinel/scenarios').map((file) => file.replace('.json', ''));

it.each(shipped)('%s concerns some hooks, and all its inputs exist', (name) => {
  const events = [...new Set(inputs.map(({ event }) => event))];
  expect(events.flatMap((event) => steps(name, event)).length).toBeGreaterThan(0);
});

it('gives a hook the inputs that its event and its matcher accept, in the order of a session', () => {
  expect(steps('sequence', 'PostToolUse').map(({ name }) => name)).toEqual([
    'PostToolUse.Grep',
    'PostToolUse.Read',
    'PostToolUse.Edit',
    'PostToolUse.Bash',
  ]);
  expect(steps('sequence', 'PostToolUse', 'Edit|Write').map(({ name }) => name)).toEqual(['PostToolUse.Edit']);
  expect(steps('mcp-tool', 'PreToolUse', 'mcp__.*')).toHaveLength(1);
  expect(steps('mcp-tool', 'PreToolUse', 'Bash')).toEqual([]);
});

it('changes the texts or the length of inputs, or cuts them', () => {
  expect(JSON.parse(texts('violation', 'PreToolUse', 'Bash')[0]!).tool_input.command).toContain('rm -rf /');
  for (const text of texts('large-file', 'PostToolUse')) {
    expect(text.length).toBeGreaterThan(500_000);
    expect(JSON.parse(text)).toMatchObject({ hook_event_name: 'PostToolUse' });
  }
  expect(() => JSON.parse(texts('malformed-input', 'Stop')[0]!)).toThrow(SyntaxError);
  expect(scenario('malformed-input').good).toContain('failed');
});

const own = { about: 'Mine', steps: ['Stop'] };

it('may be a user’s file', () => {
  const dir = folder({ 'mine.json': JSON.stringify(own) });
  expect(readScenario('mine.json', dir)).toMatchObject({ name: 'mine.json', about: 'Mine', good: ['ok', 'blocked'] });
});

it.each([
  [JSON.stringify({ ...own, steps: [] }), /steps/],
  [JSON.stringify({ ...own, bytes: 1e12 }), /bytes/],
  [JSON.stringify({ ...own, good: ['fine'] }), /good/],
  [JSON.stringify({ ...own, steps: ['Halt'] }), /input Halt does not exist/],
  [JSON.stringify({ ...own, steps: [{ of: 'Stop', set: { 'a.b': 'x' } }] }), /Stop has no text at a\.b/],
  ['{', /JSON/],
])('is refused with the place of the fault: %s', (text, message) => {
  const dir = folder({ 'bad.json': text });
  const read = () => stepsFor(hookOf('a', ':', { event: 'Stop' }), readScenario(join(dir, 'bad.json'), '/'), inputs);
  expect(read).toThrow(message);
});

it('must exist', () => {
  for (const named of ['nothing', '../inputs/Stop', 'nothing.json']) expect(() => scenario(named)).toThrow(named);
});
