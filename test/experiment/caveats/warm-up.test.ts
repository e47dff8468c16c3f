import { describe, expect, it } from 'vitest';
import { caveatsInBoth, caveatsOfSamples } from '../../../src/experiment/caveats/by-samples.ts';
import { warmUpHeavier } from '../../../src/experiment/caveats/warm-up.ts';
import { around, contractOf, type Run, samplesOf } from './samples.ts';

const wall = contractOf({ name: 'own', unit: 'ms', source: 'wall' });
const steps = contractOf({ name: 'own', unit: 'steps', source: { stdout: 'metric', key: 'own' } });

const arm = (first: number, later: number): Run[] => [
  { value: first, wall: first, cpu: first, warmup: true },
  ...around({ value: later, wall: later, cpu: later }, 8),
];
const told = (base: Run[], candidate: Run[], contract = wall) => warmUpHeavier(contract, samplesOf(base, candidate));

describe('a warm-up that pays for the runs after it', () => {
  it('is a caveat, with the saving and the cost', () => {
    expect(told(arm(105, 100), arm(110, 50))).toMatchObject({
      code: 'warm_up_heavier',
      metric: 'own',
      saved: { value: expect.closeTo(50, 0), unit: 'ms' },
      paid: { value: expect.closeTo(55, 0), unit: 'ms' },
    });
  });

  it.each([
    ['the base is cold at first too', arm(160, 100), arm(110, 50)],
    ['less than half of what is saved is paid', arm(105, 100), arm(70, 50)],
    ['nothing is saved', arm(105, 100), arm(160, 100)],
    ['there was no warm-up', arm(105, 100).slice(1), arm(110, 50).slice(1)],
  ])('is no caveat if %s', (_, base, candidate) => {
    expect(told(base, candidate)).toBeNull();
  });

  it('is found by wall time if another metric is judged', () => {
    const of = (first: number, later: number, value: number) => arm(first, later).map((run) => ({ ...run, value }));
    expect(told(of(100, 100, 9), of(120, 40, 3), steps)).toMatchObject({ metric: 'wall time', saved: { unit: 'ms' } });
  });

  it('is a caveat only if both sessions show it, and never under no_worse', () => {
    const samples = samplesOf(arm(105, 100), arm(110, 50));
    const first = caveatsOfSamples(wall, samples);
    expect(first).toMatchObject([{ code: 'warm_up_heavier' }]);
    expect(caveatsInBoth(first, first)).toEqual(first);
    expect(caveatsInBoth([], first)).toEqual([]);
    expect(caveatsOfSamples({ ...wall, claim: 'no_worse' }, samples)).toEqual([]);
  });
});
