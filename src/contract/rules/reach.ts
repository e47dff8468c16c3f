import { significant } from '../../core/figures.ts';
import { attemptAlpha } from '../../stats/looks.ts';
import { reachable } from '../../stats/reachable.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { isDeterministic } from '../schema/metrics.ts';

/** Can these runs reach significance at all, under every test that may judge and the smallest alpha that may be spent? */
export function reach({ repro, metrics, threshold, significance, order, confirm, limits }: Contract): Issue[] {
  if (!threshold.significance_required || isDeterministic(metrics.primary)) return [];
  const { measurement_runs, max_runs } = repro;
  if (max_runs < measurement_runs) return []; // said already
  const alpha = attemptAlpha(significance.alpha, limits.max_attempts, confirm);
  const test = significance.test === 'auto' && order === 'sequential' ? 'mann_whitney' : significance.test;
  const answer = reachable({ test, measurement_runs, max_runs, alpha });
  if (answer.ok) return [];
  const can = answer.smallest_p <= answer.alpha;
  const budget = confirm
    ? `alpha ${significant(answer.alpha, 2)}`
    : `alpha ${significant(answer.alpha, 2)} for attempt ${limits.max_attempts}, as confirm is off`;
  const why = can
    ? `is too few: one run out of place decides`
    : `can never be significant: the smallest p of ${answer.test} is ${significant(answer.smallest_p, 2)} (${budget}), so every candidate would be rejected`;
  const message = `${max_runs} against ${max_runs} ${why}; expected at least ${answer.needed_runs}; for example: max_runs: 20`;
  return [{ path: ['repro', 'max_runs'], at: 'value', message }];
}
