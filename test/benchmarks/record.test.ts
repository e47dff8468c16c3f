import { expect, test } from 'vitest';
import { recordCost } from '../../benchmarks/sentinel/record.ts';

test('the hook that records sessions is compared with an empty shell', async () => {
  const { shell, added, added_telling_slow, goal_ms } = await recordCost(6);
  expect(shell.low).toBeGreaterThan(0);
  for (const figure of [added, added_telling_slow]) expect(figure.low).toBeLessThanOrEqual(figure.high);
  expect(goal_ms).toBe(3);
});
