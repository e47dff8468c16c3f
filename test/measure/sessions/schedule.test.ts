import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule, stepsOf } from '../../../src/measure/sessions/plan.ts';

const plan = { seed: 's', warmup_runs: 1, looks: [2, 4], order: 'interleaved' } as const;
const short = (steps: ReturnType<typeof stepsOf>) =>
  steps.map((step) => (step.warmup ? '~' : '') + (step.arm === 'base' ? 'B' : 'C')).join(' ');

describe('a schedule', () => {
  it('begins with every shorter schedule of its seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), fc.nat(40), (seed, a, b) => {
        const [few, many] = [Math.min(a, b), Math.max(a, b)];
        expect(schedule(seed, many).slice(0, few)).toEqual(schedule(seed, few));
      }),
    );
  });

  it('has both arms in every pair, and reverses every second pair', () => {
    const order = schedule('seed', 20);
    for (const pair of order) expect([...pair].sort()).toEqual(['base', 'candidate']);
    for (let i = 0; i < 20; i += 2) expect(order[i + 1]).toEqual([...(order[i] ?? [])].reverse());
  });

  it('starts blocks with either arm, about equally often, and differently for another seed', () => {
    const starts = schedule('seed', 2000).filter(([first], i) => i % 2 === 0 && first === 'base').length;
    expect(starts).toBeGreaterThan(400);
    expect(starts).toBeLessThan(600);
    expect(schedule('a', 40)).not.toEqual(schedule('b', 40));
  });
});

describe('the steps of a session', () => {
  it('begin with a warm-up of each arm, even if none is asked for', () => {
    const steps = stepsOf({ ...plan, warmup_runs: 0 }, ['base', 'candidate']);
    expect(short(steps)).toMatch(/^~B ~C [BC]( [BC]){7}$/);
    expect(steps.map((step) => step.index)).toEqual([...steps.keys()]);
    expect(steps.filter((s) => !s.warmup).map((s) => s.pair)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('are all of the base, then all of the candidate, if they cannot be interleaved', () => {
    expect(short(stepsOf({ ...plan, order: 'sequential' }, ['base', 'candidate']))).toBe('~B B B B B ~C C C C C');
    expect(short(stepsOf({ ...plan, order: 'sequential' }, ['candidate']))).toBe('~C C C C C');
  });

  it('warm a service up again after every change of arm', () => {
    const steps = stepsOf({ ...plan, service: { start: 'x', ready: 'tcp://localhost:1' } }, ['base', 'candidate']);
    for (const [i, step] of steps.entries()) {
      if (step.arm !== steps[i - 1]?.arm) expect(step.warmup).toBe(true);
    }
    expect(steps.filter((step) => !step.warmup)).toHaveLength(8);
  });
});
