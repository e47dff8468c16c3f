import { describe, expect, test } from 'vitest';
import { decide } from '../../src/stats/sequential.ts';

const passed = { passes: true, futile: false };
const open = { passes: false, futile: false };
const futile = { passes: false, futile: true };

describe('after a look', () => {
  test.each([
    ['an open primary asks for more', [open], [], 2, 'continue', 'undecided', 0],
    ['an open primary at the cap stays undecided', [open, open, open], [], 0, 'stop', 'undecided', 2],
    ['a futile primary stops', [open, futile], [], 1, 'stop', 'failed_futile', 1],
    ['a futile primary at the cap has failed, not just run out', [open, futile], [], 0, 'stop', 'failed_futile', 1],
    ['a passed primary stops', [passed], ['pass'], 2, 'stop', 'passed', 0],
    ['a passed primary goes on for a watchdog', [passed], ['undecided'], 1, 'continue', 'passed', 0],
    ['and stays passed whatever comes', [open, passed, futile], ['pass_with_note'], 0, 'stop', 'passed', 1],
    ['a watchdog that failed ends it', [passed], ['pass', 'fail'], 2, 'stop', 'failed_watchdog', 0],
    ['so does one above its margin at the cap', [passed], ['reject_at_cap'], 0, 'stop', 'failed_watchdog', 0],
    ['a watchdog nobody decided is no pass', [passed], ['undecided'], 0, 'stop', 'undecided', 0],
  ] as const)('%s', (_, judgements, watchdogs, left, action, state, look) => {
    expect(decide(judgements, watchdogs, left)).toEqual({ action, state, look });
  });
});
