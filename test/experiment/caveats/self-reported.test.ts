import { describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/contract/schema/contract.ts';
import { selfReportedAlone } from '../../../src/experiment/caveats/self-reported.ts';
import { around, contractOf, samplesOf } from './samples.ts';

const base = around({ value: 40, wall: 100, cpu: 80 }, 8);
const told = (candidate: { value: number; wall: number; cpu: number }, contract = contractOf(), of = base) =>
  selfReportedAlone(contract, samplesOf(of, around(candidate, of.length, 2)));

describe('a gain that the program reports itself', () => {
  it('is a caveat if neither wall nor CPU time confirms it, with all three gains', () => {
    expect(told({ value: 20, wall: 100, cpu: 80 })).toMatchObject({
      code: 'self_reported_alone',
      metric: 'own',
      claimed: { unit: 'ms', value: expect.closeTo(20, -1) },
      wall: { unit: 'ms', value: expect.closeTo(0, -1) },
      cpu: { unit: 'ms' },
    });
  });

  it.each([
    ['wall time', { value: 20, wall: 80, cpu: 80 }],
    ['CPU time', { value: 20, wall: 100, cpu: 60 }],
  ])('is no caveat if %s confirms it', (_, candidate) => {
    expect(told(candidate)).toBeNull();
  });

  it('is a caveat if less than half of the claimed time is saved, even if significantly', () => {
    expect(told({ value: 20, wall: 93, cpu: 80 })).toMatchObject({ code: 'self_reported_alone' });
  });

  it('in another unit than time is confirmed by any fall in time', () => {
    const steps = contractOf({ name: 'own', unit: 'steps', source: { stdout: 'metric', key: 'own' } });
    expect(told({ value: 20, wall: 93, cpu: 80 }, steps)).toBeNull();
    expect(told({ value: 20, wall: 101, cpu: 81 }, steps)).toMatchObject({
      claimed: { unit: '%' },
      wall: { unit: '%' },
    });
  });

  it('can be a rate, of which more is better', () => {
    const rate = contractOf({ ...contractOf().metrics.primary, unit: 'ops/s', lower_is_better: false });
    expect(told({ value: 80, wall: 100, cpu: 80 }, rate)).toMatchObject({
      claimed: { value: expect.closeTo(100, -1) },
    });
    expect(told({ value: 20, wall: 100, cpu: 80 }, rate)).toBeNull();
  });

  it('is confirmed by two executions that differ by a quarter of it', () => {
    const exact = contractOf({
      name: 'own',
      unit: 'steps',
      source: { stdout: 'metric', key: 'own' },
      deterministic: true,
    });
    const two = base.slice(0, 2);
    expect(told({ value: 20, wall: 60, cpu: 80 }, exact, two)).toBeNull();
    expect(told({ value: 20, wall: 94, cpu: 77 }, exact, two)).toMatchObject({ code: 'self_reported_alone' });
  });

  it('is a caveat without CPU time if the instrument does not measure it', () => {
    const blind = base.map(({ cpu: _, ...run }) => run);
    const samples = samplesOf(
      blind,
      blind.map((run) => ({ ...run, value: 20 })),
    );
    expect(selfReportedAlone(contractOf(), samples)).toMatchObject({ cpu: null });
  });

  it.each([
    ['measured by us', contractOf({ name: 'own', source: 'wall' })],
    ['reported by a load', { ...contractOf(), repro: { ...contractOf().repro, load: {} } } as unknown as Contract],
  ])('is not checked if it is %s', (_, contract) => {
    expect(told({ value: 20, wall: 100, cpu: 80 }, contract)).toBeNull();
  });
});
