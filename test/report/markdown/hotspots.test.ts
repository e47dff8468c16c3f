import { expect, it } from 'vitest';
import { hotspotsTable } from '../../../src/report/markdown/hotspots.ts';

it('a hotspot’s name is escaped: it can neither add markup nor a table row', () => {
  const hotspot = { id: '<module> a|b.py:1', self_pct: 60, total_pct: 70, ceiling_pct: 65 };
  const below = { id: '__init__ `a`.py:2', self_pct: 1, total_pct: 1, ceiling_pct: 1, reaches_threshold: false };
  expect(hotspotsTable([hotspot, below]).split('\n').slice(2)).toEqual([
    '| 1 | `<module> a\\|b.py:1` | 60.0 % | 70.0 % | 65.0 % |',
    '| 2 | ``__init__ `a`.py:2`` | 1.0 % | 1.0 % | 1.0 % (below the threshold) |',
  ]);
});
