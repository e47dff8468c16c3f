import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventRow } from '../../../src/sentinel/discover/events.ts';
import { placeOf } from '../../../src/sentinel/dry-run/cage.ts';
import { chooseInput, matchedValue } from '../../../src/sentinel/dry-run/choose-input.ts';
import { textOf } from '../../../src/sentinel/dry-run/fill.ts';
import { readInputs } from '../../../src/sentinel/dry-run/inputs.ts';
import { sessionOf } from '../../../src/sentinel/dry-run/session.ts';
import { folder } from '../../helpers/folder.ts';
import { hookOf } from './hooks.ts';

const inputs = readInputs();
const place = placeOf('/project', { HOME: '/home/me' });
const filled = (name: string, bytes = 0) => {
  const input = inputs.find((input) => input.name === name)!;
  return JSON.parse(textOf(input, sessionOf(place, 'seed', 0), { ...place, file: '/project/src/app.ts' }, bytes));
};

describe('the inputs that ship with perf-gate', () => {
  it('exist for every event that has hooks, and have no unknown placeholders', () => {
    expect(new Set(inputs.map(({ event }) => event)).size).toBe(33);
    for (const { name, event, matched } of inputs)
      expect([name, matched ?? null]).toEqual([name, eventRow(event)?.field]);
    for (const { name, event } of inputs) {
      expect(filled(name)).toMatchObject({ hook_event_name: event, cwd: '/project' });
      expect(JSON.stringify(filled(name))).not.toContain('${');
    }
  });

  it('include one input for each event that measures its hooks together', () => {
    const measured = inputs.filter(({ together }) => together).map(({ event }) => event);
    expect(inputs.filter(({ event }) => !measured.includes(event))).toEqual([]);
  });

  it('grow in the field that their file names, and stay valid JSON', () => {
    const grown = filled('PostToolUse.Edit', 100_000);
    expect(grown.tool_response.originalFile).toHaveLength(100_000);
    expect(grown.tool_input).toEqual(filled('PostToolUse.Edit').tool_input);
    expect(filled('UserPromptSubmit', 10_000).prompt).toHaveLength(10_000);
  });
});

describe('further inputs', () => {
  const own = { event: 'Stop', about: 'Mine', kind: 'usual', input: { hook_event_name: 'Stop', cwd: '/x' } };

  it('are added to those, and replace those of the same name', () => {
    const dir = folder({
      'Stop.json': JSON.stringify(own),
      'Stop.mine.json': JSON.stringify({ ...own, about: 'Two' }),
    });
    const names = readInputs([dir, join(dir, 'not-there')]).filter(({ event }) => event === 'Stop');
    expect(names.map(({ name, about }) => [name, about])).toEqual([
      ['Stop', 'Mine'],
      ['Stop.mine', 'Two'],
    ]);
  });

  it.each([
    ['{', /JSON/],
    [JSON.stringify({ ...own, kind: 'odd' }), /kind/],
    [JSON.stringify({ ...own, grows: 'tool_input.command' }), /input\.tool_input\.command: expected a text/],
  ])('are refused with the file and the place of the fault: %s', (text, message) => {
    const dir = folder({ 'bad.json': text });
    expect(() => readInputs([dir])).toThrow(message);
    expect(() => readInputs([dir])).toThrow(join(dir, 'bad.json'));
  });
});

describe('a hook alone is run on', () => {
  const chosen = (event: string, matcher: string | null) => {
    const found = chooseInput(hookOf('a', ':', { event, matcher }), inputs);
    return found && [matchedValue(found.usual), found.irrelevant?.name ?? null];
  };

  it('an input that its matcher accepts, and also an irrelevant one', () => {
    expect(chosen('PostToolUse', 'Edit|MultiEdit')).toEqual(['Edit', 'PostToolUse.Edit.irrelevant']);
    expect(chosen('PreToolUse', null)).toEqual(['Bash', 'PreToolUse.Bash.irrelevant']);
    expect(chosen('UserPromptSubmit', null)).toEqual(['', 'UserPromptSubmit.irrelevant']);
    expect(chosen('SessionStart', 'resume')).toEqual(['resume', null]);
  });

  it('an input that is made to fit, if none fits', () => {
    expect(chosen('PreToolUse', 'NotebookEdit')).toEqual(['NotebookEdit', null]);
    expect(chosen('PreToolUse', '^mcp__files__.*$')).toEqual(['mcp__files__any', null]);
  });

  it('no input for an unknown event', () => {
    expect(chosen('Unheard', null)).toBeNull();
  });
});
