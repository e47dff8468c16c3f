import { describe, expect, it } from 'vitest';
import { parseContract } from '../../src/contract/parse.ts';
import type { Sessions } from '../../src/experiment/judged.ts';
import { caveatsOfHistory } from '../../src/record/caveats.ts';
import type { RunState } from '../../src/record/state.ts';
import { contractText } from '../helpers/project.ts';

const around = (value: number) => Array.from({ length: 12 }, (_, i) => value + (i % 4));

/** A run whose base took about 100 ms, with an open attempt at a hotspot. */
function state(primary: object, hotspot: object = {}, claim = 'proven'): RunState {
  const contract = parseContract(contractText({ metrics: { primary: { name: 'p', ...primary } }, claim }), 'c.yaml');
  const aa = [{ base: around(100), candidate: around(100) }];
  const steps = [
    { stage: 'scoping', data: { contract } },
    { stage: 'baseline', data: { aa, test: 'mann_whitney' } },
    { stage: 'fix', data: { hotspot: { id: 'parse', ...hotspot } } },
  ];
  return { steps, done: {} } as unknown as RunState;
}

const sessions = (base: number, lower_bound_pct = 30): Sessions => {
  const one = { base: around(base), candidate: around(50), judgement: { lower_bound_pct } };
  return { broken: null, screen: one, confirmation: one } as unknown as Sessions;
};

describe('a gain larger than the profile allows', () => {
  const hotspot = { ceiling_pct: 20, total_pct: 40, ceiling_ci95_pct: [15, 26] };

  it('is a caveat with both numbers', () => {
    expect(caveatsOfHistory(state({ source: 'cpu' }, hotspot), sessions(100, 60))).toEqual([
      { code: 'too_good', hotspot: 'parse', at_least_pct: 60, most_pct: 40 },
    ]);
  });

  it.each([
    ['the hotspot with all that it calls costs that much', { source: 'cpu' }, hotspot, 44],
    ['no profile shows the place', { source: 'cpu' }, {}, 90],
    ['what is judged is no time', { source: 'max_rss' }, hotspot, 90],
  ])('is not told where %s', (_, primary, place, least) => {
    expect(caveatsOfHistory(state(primary, place), sessions(100, least))).toEqual([]);
  });
});

describe('wall time of a base that is slower than before', () => {
  it('is a caveat if both sessions show it', () => {
    expect(caveatsOfHistory(state({ source: 'wall' }), sessions(140))).toMatchObject([
      { code: 'base_moved_wall', was: { value: expect.closeTo(101.5), unit: 'ms' }, is: { unit: 'ms' } },
    ]);
  });

  it.each([
    ['it moved by less than half of what is asked for', { source: 'wall' }, 105],
    ['it is faster', { source: 'wall' }, 60],
    ['CPU time is judged, which is held to it', { source: 'cpu' }, 140],
  ])('is not told where %s', (_, primary, base) => {
    expect(caveatsOfHistory(state(primary), sessions(base))).toEqual([]);
  });
});
