import { expect, test } from 'vitest';
import { evidence } from '../../src/report/proposal.ts';

test('the evidence states the shares, the lines, the callees, and the number of samples', () => {
  const shares = { self_pct: 30, ceiling_pct: 50, total_pct: 80, samples: 200, hot_lines: [7, 12] };
  expect(evidence({ ...shares, ceiling_ci95_pct: [43, 57] })).toBe(
    '30.0 % of the whole in its own code, mainly in line 7, 12, 20.0 % in its calls to code outside of the project, 30.0 % in its calls to project code; the ceiling was estimated from 200 samples (95 % interval: 43.0 to 57.0 %)',
  );
  expect(evidence({ self_pct: 30, ceiling_pct: 30, total_pct: 30 })).toBe('30.0 % of the whole in its own code');
});
