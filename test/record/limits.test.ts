import { describe, expect, it } from 'vitest';
import { attemptIsOpen, attemptNumber, attemptsOf, queueOf } from '../../src/record/history.ts';
import { goalMet, limitReached, productOfGains } from '../../src/record/limits.ts';
import { outcomeOf } from '../../src/record/outcome.ts';
import { deadEnds } from '../../src/record/trials.ts';
import { type Event, stateOf } from './state.ts';

const won = (gain?: number | null): Event => ({ verdict: 'accepted', ...(gain === undefined ? {} : { gain }) });
const lost: Event = { verdict: 'rejected' };
const unclear: Event = { verdict: 'inconclusive' };
const soon = '2026-01-01T00:01:00.000Z';

describe('a limit', () => {
  it.each<[string, Event[], object, RegExp | null]>([
    ['of attempts, whatever their verdicts', [won(), lost, unclear], { max_attempts: 3 }, /^3 attempts were made/],
    ['of attempts, not yet', [won(), lost], { max_attempts: 3 }, null],
    [
      'of rejections in a row',
      [won(), lost, unclear],
      { max_attempts: 9, max_rejects_in_a_row: 2 },
      /^2 attempts in a row/,
    ],
    [
      'of rejections, which an accepted change ends',
      [lost, won(), lost],
      { max_attempts: 9, max_rejects_in_a_row: 2 },
      null,
    ],
    [
      'of rejections, where an undone change is one',
      [lost, won(), { undone: 2 }],
      { max_attempts: 9, max_rejects_in_a_row: 2 },
      /^2 attempts in a row/,
    ],
    [
      'of lists that lead to nothing',
      [{ proposed: ['a'] }, { skipped: 'a' }, { proposed: ['b'] }],
      { max_rejects_in_a_row: 2, max_attempts: 9 },
      /^2 lists of hotspots/,
    ],
    [
      'of lists, where an attempt was made',
      [{ proposed: ['a'] }, won(), { proposed: ['b'] }],
      { max_rejects_in_a_row: 2, max_attempts: 9 },
      null,
    ],
  ])('%s', (_, events, limits, says) => {
    const reached = limitReached(stateOf(events, { limits }), soon);
    if (says) expect(reached).toMatch(says);
    else expect(reached).toBeNull();
  });

  it('of time counts from the start of the run', () => {
    const state = stateOf([], { limits: { max_minutes: 10 } });
    expect(limitReached(state, '2026-01-01T00:09:59.000Z')).toBeNull();
    expect(limitReached(state, '2026-01-01T00:10:00.000Z')).toMatch(/^10 minutes have passed/);
  });
});

describe('gains', () => {
  it('multiply: two halves leave a quarter', () => {
    expect(productOfGains(stateOf([won(50), lost, won(50)]))).toBe(75);
    expect(productOfGains(stateOf([won(100), won(50)], { lower_is_better: false }))).toBe(200);
  });

  it('of undone changes do not count, and without changes the gain is null', () => {
    expect(productOfGains(stateOf([won(50), won(20), { undone: 1 }]))).toBeCloseTo(20, 10);
    expect(productOfGains(stateOf([lost]))).toBeNull();
    expect(productOfGains(stateOf([won(null)]))).toBeNull();
  });

  it('meet a goal together', () => {
    expect(goalMet(stateOf([won(50), won(50)], { goal: { pct: 75 } }))).toBe(true);
    expect(goalMet(stateOf([won(50), won(49)], { goal: { pct: 75 } }))).toBe(false);
    expect(goalMet(stateOf([won(99)]))).toBe(false);
  });
});

describe('a run', () => {
  it.each<[Event[], string]>([
    [[lost, won(), unclear], 'accepted'],
    [[won(), { undone: 1 }], 'rejected'],
    [[unclear, unclear], 'inconclusive'],
    [[unclear, lost], 'rejected'],
    [[], 'rejected'],
  ])('%# comes out as %s', (events, outcome) => {
    const { ended, ...state } = stateOf(events);
    expect(outcomeOf(ended, attemptsOf({ ...state, ended }))).toBe(outcome);
  });

  it('that was aborted or escalated at “verdict” lists no attempt without data', () => {
    const state = stateOf([lost]);
    const left = { ...state.steps.at(-1)!, result: 'escalate', data: { reason: 'the branch moved' }, effects: {} };
    expect(attemptsOf({ ...state, steps: [...state.steps, left] })).toHaveLength(1);
  });

  it('numbers attempts, not skips, and takes hotspots from the newest list', () => {
    const state = stateOf([{ proposed: ['a', 'b', 'c'] }, { skipped: 'a' }, lost]);
    expect([attemptNumber(state), attemptIsOpen(state)]).toEqual([2, false]);
    expect(queueOf(state)).toEqual([{ id: 'c' }]);
    expect(queueOf(stateOf([{ proposed: ['a', 'b'] }, lost, { proposed: ['d'] }]))).toEqual([{ id: 'd' }]);
  });

  it('knows its dead ends: skipped, rejected and undone hotspots', () => {
    const events: Event[] = [
      { skipped: 'a' },
      { verdict: 'rejected', hotspot: 'b' },
      { verdict: 'accepted', hotspot: 'c' },
      { verdict: 'accepted', hotspot: 'd' },
      { undone: 3 },
    ];
    expect(deadEnds(stateOf(events)).map((place) => place.id)).toEqual(['a', 'b', 'd']);
  });
});
