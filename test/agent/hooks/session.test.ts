import { expect, it } from 'vitest';
import { greet, speak } from '../../../src/agent/hooks/session.ts';
import { binding, input, state } from './given.ts';

it('the session that drives the run gets the brief, also after a compaction', () => {
  const { text } = greet(input({ source: 'compact' }), state(), binding(), { client: '77' });
  expect(text).toContain('this session drives it');
  expect(text).toContain('the brief');
});

it('after /clear, the new session of the same client drives the run, but of no other client', () => {
  const cleared = input({ session_id: 'new', source: 'clear' });
  expect(greet(cleared, state(), binding(), { client: '77' }).binding).toMatchObject({ session: 'new' });
  expect(greet(cleared, state(), binding(), { client: '78' }).binding).toBe(null);
  expect(greet(cleared, state(), binding({ client: null }), { client: null }).binding).toBe(null);
});

it('another session gets a hint, but does not drive the run', () => {
  const { text, binding: taken } = greet(input({ session_id: 'other' }), state(), binding(), { client: '77' });
  expect(text).toContain('--adopt');
  expect(taken).toBe(null);
});

it('a prompt typed while the agent works is an interruption; the first prompt and reports of the client are not', () => {
  const resting = binding({ working: false });
  expect(speak(input({ prompt: 'go on' }), resting)).toMatchObject({ working: true, spoken: false });
  expect(speak(input({ prompt: 'wait' }), binding())).toMatchObject({ spoken: true });
  expect(speak(input({ prompt: '<task-notification>…' }), binding())).toMatchObject({ spoken: false });
  expect(speak(input({ prompt: '/perf-gate:approve' }), binding())).toMatchObject({ spoken: false });
  expect(speak(input({ session_id: 'other', prompt: 'x' }), binding())).toBe(undefined);
});
