import { describe, expect, it } from 'vitest';
import { greet } from '../../../src/agent/hooks/session-start.ts';
import { bound, parseBinding, parseState } from '../../../src/agent/hooks/state.ts';
import { decideStop } from '../../../src/agent/hooks/stop.ts';
import { speak } from '../../../src/agent/hooks/user-prompt.ts';
import { atFix, driver, from } from './situations.ts';

describe('a session that begins', () => {
  const begin = (told: object, client: string | null = '77', binding: typeof driver | undefined = driver) =>
    greet(from(told), atFix, binding, { client });

  it.each(['startup', 'resume', 'compact'])('by %s gets the brief where it drives the run', (source) => {
    const { text, binding } = begin({ source });
    expect(text).toContain(atFix.brief);
    expect(text.length).toBeLessThan(2000);
    expect(binding?.session).toBe('s1');
  });

  it('by /clear goes on driving under its new name, in the same client', () => {
    const { text, binding } = begin({ source: 'clear', session_id: 's2' });
    expect(text).toContain(atFix.brief);
    expect(binding).toMatchObject({ run: 'r1', session: 's2', client: '77', held: null });
  });

  it.each<[how: string, told: object, client: string | null, binding: typeof driver | undefined]>([
    ['/clear in another client', { source: 'clear', session_id: 's2' }, '78', driver],
    ['/clear where no client is known', { source: 'clear', session_id: 's2' }, null, { ...driver, client: null }],
    ['/clear where another run was driven', { source: 'clear', session_id: 's2' }, '77', { ...driver, run: 'r0' }],
    ['a fork', { source: 'fork', session_id: 's2' }, '77', driver],
    ['another start', { source: 'startup', session_id: 's2' }, '77', driver],
    ['a start where nobody drives the run', { source: 'startup' }, '77', undefined],
  ])('by %s gets a hint, and takes nothing over', (_, told, client, binding) => {
    const greeting = greet(from(told), atFix, binding, { client });
    expect(greeting.binding).toBe(null);
    expect(greeting.text).toContain('perf-gate resume --adopt');
    expect(greeting.text).not.toContain(atFix.brief);
  });

  it('is told that a paused run is to be left alone', () => {
    expect(greet(from({ source: 'resume' }), { ...atFix, paused: true }, driver, { client: '77' }).text).toMatch(
      /paused/,
    );
  });
});

describe('what the user says', () => {
  const atRest = { ...driver, working: false };

  it('begins a turn where the agent rested: it is held at the end', () => {
    const heard = speak(from({ prompt: 'go on' }), atRest)!;
    expect(heard).toMatchObject({ working: true, spoken: false });
    expect(decideStop(from({}), { state: atFix, binding: heard, busy: false }).kind).toBe('go on');
  });

  it('while the agent works is heard at its next stop', () => {
    const heard = speak(from({ prompt: 'wait, what is this?' }), driver)!;
    expect(decideStop(from({}), { state: atFix, binding: heard, busy: false }).kind).toBe('silent');
  });

  it('gives the agent its patience back', () => {
    expect(speak(from({ prompt: 'again' }), { ...atRest, held: { epoch: 5, times: 3 } })?.held).toBe(null);
  });

  it('is not what the client says of a background task', () => {
    expect(speak(from({ prompt: '<task-notification>done' }), driver)?.spoken).toBe(false);
  });

  it.each([{ session_id: 's2' }, { session_id: '' }, { agent_id: 'a1' }])('elsewhere changes nothing: %j', (told) => {
    expect(speak(from({ prompt: 'hello', ...told }), driver)).toBe(undefined);
  });
});

describe('what lies on the disk', () => {
  it('is read back as it was written', () => {
    expect(parseState(JSON.stringify(atFix))).toEqual(atFix);
    expect(parseBinding(JSON.stringify(driver))).toEqual(driver);
    expect(bound('r1', 's1', null).client).toBe(null);
  });

  it.each([undefined, '', '{', 'null', '[]', '7', '{}', '{"run":"r1"}', JSON.stringify(atFix).slice(0, -9)])(
    'is nothing when it is %j',
    (text) => {
      expect(parseState(text)).toBe(undefined);
      expect(parseBinding(text === '{"run":"r1"}' ? '{"run":"r1","session":""}' : text)).toBe(undefined);
    },
  );

  it.each(['run', 'stage', 'epoch', 'next', 'brief', 'waits_for', 'protected'])('is nothing without %s', (field) => {
    expect(parseState(JSON.stringify({ ...atFix, [field]: undefined }))).toBe(undefined);
    expect(parseState(JSON.stringify({ ...atFix, [field]: { a: 1 } }))).toBe(undefined);
  });
});
