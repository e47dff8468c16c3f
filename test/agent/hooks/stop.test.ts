import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../src/agent/hooks/state.ts';
import { decideStop, LONGEST, PATIENCE } from '../../../src/agent/hooks/stop.ts';
import { binding, input, state } from './given.ts';

const idle = { state: state(), binding: binding(), busy: false };

describe('lets the agent end its turn for', () => {
  it.each([
    ['another session', input({ session_id: 'other' }), {}],
    ['a client that names no session', input({ session_id: '' }), { binding: binding({ session: '' }) }],
    ['a run that no session drives', input(), { binding: undefined }],
    ['the driver of another run', input(), { binding: binding({ run: 'another' }) }],
    ['a subagent', input({ agent_id: 'a1', agent_type: 'x' }), {}],
    ['a session with background tasks', input({ background_tasks: [{ id: '1' }] }), {}],
    ['a run that a process works on', input(), { busy: true }],
    ['a paused run', input(), { state: state({ paused: true }) }],
    ['a stage where a person is asked', input(), { state: state({ waits_for: 'person' }) }],
    ['a user who spoke meanwhile', input(), { binding: binding({ spoken: true }) }],
  ] as const)('%s', (_, given, change) => {
    expect(decideStop(given, { ...idle, ...change }).kind).toBe('silent');
  });
});

it('the session that drives the run must go on, and gets the exact next command', () => {
  const answer = decideStop(input(), idle);
  expect(answer).toMatchObject({ kind: 'go on', binding: { held: { epoch: 3, times: 1 }, working: true } });
  expect(answer).toHaveProperty('text', expect.stringContaining('Next: `perf-gate next`'));
});

it('the text names the brief and the draft of a stage of the agent', () => {
  const at = state({ by: 'actor', stage: 'fix', brief_file: 'b.md', draft: 'd.md' });
  expect(decideStop(input(), { ...idle, state: at })).toHaveProperty('text', expect.stringMatching(/b\.md.*d\.md/s));
});

it('after a prompt of the user the agent may end its turn once, and must go on afterwards', () => {
  const first = decideStop(input(), { ...idle, binding: binding({ spoken: true }) });
  expect(decideStop(input(), { ...idle, binding: first.binding! }).kind).toBe('go on');
});

/** The answers to several Stop events, one after the other; in between, only `between` changes the epoch of the run. */
function answersTo(stops: number, between: (n: number) => number = () => 3) {
  let driver: Binding = binding();
  return Array.from({ length: stops }, (_, n) => {
    const answer = decideStop(input(), { ...idle, state: state({ epoch: between(n) }), binding: driver });
    driver = answer.binding!;
    return answer;
  });
}

it('after three times without progress, the run is paused and the user gets a message', () => {
  const answers = answersTo(PATIENCE + 1);
  expect(answers.map((a) => a.kind)).toEqual(['go on', 'go on', 'go on', 'pause']);
  expect(answers[3]).toHaveProperty('text', expect.stringContaining('/perf-gate:resume'));
});

it('a repeated text says what was missing', () => {
  const texts = answersTo(PATIENCE).map((a) => ('text' in a ? a.text : ''));
  expect(new Set(texts).size).toBe(PATIENCE);
  expect(texts[1]).toContain('`perf-gate next` was not called');
});

it('the agent must go on as long as there is progress', () => {
  expect(answersTo(30, (n) => n).every((a) => a.kind === 'go on')).toBe(true);
});

it('the text stays short, regardless of the name of the run', () => {
  const long = state({ next: `perf-gate next ${'x'.repeat(9000)}` });
  const answer = decideStop(input(), { ...idle, state: long });
  expect('text' in answer && answer.text.length).toBe(LONGEST);
});
