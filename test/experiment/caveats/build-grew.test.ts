import { expect, it } from 'vitest';
import { buildGrew } from '../../../src/experiment/caveats/build-grew.ts';

const session = (base: [seconds: number, bytes: number], candidate: [seconds: number, bytes: number]) => ({
  base: { seconds: base[0], bytes: base[1] },
  candidate: { seconds: candidate[0], bytes: candidate[1] },
});

it('finds a build that takes longer by as much as a run saves', () => {
  expect(buildGrew([session([1, 0], [2, 0])], 1)).toEqual([
    { code: 'build_grew', what: 'seconds', base: 1, candidate: 2 },
  ]);
});

it('finds a build that writes more than twice as many bytes', () => {
  expect(buildGrew([session([1, 50_000], [1, 120_000])])).toMatchObject([{ what: 'bytes' }]);
});

it.each([
  ['it is a little longer', [session([1, 0], [1.2, 0])], 0],
  ['it is longer by less than half of what a run saves', [session([1, 0], [3, 0])], 5],
  ['one of two sessions does not show it', [session([1, 0], [3, 0]), session([2.9, 0], [3, 0])], 0],
  ['what it leaves is little', [session([1, 0], [1, 9000])], 0],
  ['nothing was prepared', [], 0],
])('finds nothing if %s', (_, sessions, saved) => {
  expect(buildGrew(sessions, saved)).toEqual([]);
});
