import type { Rule, Test } from '../../src/stats/rule.ts';

/** "At least this many per cent less", proven. */
export const atLeastPct = (pct_min: number, test: Test = 'mann_whitney'): Rule => ({
  rules: 2,
  lower_is_better: true,
  threshold: { type: 'pct', pct_min, absolute_min: 0, significance_required: true },
  claim: 'proven',
  session_effect_pct: 0,
  test,
});

/** "At least this much less, in the metric's unit", proven. */
export const atLeastAmount = (absolute_min: number, test: Test = 'mann_whitney'): Rule => ({
  ...atLeastPct(0, test),
  threshold: { type: 'absolute', pct_min: 0, absolute_min, significance_required: true },
});
