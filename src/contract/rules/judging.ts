import { significant } from '../../core/figures.ts';
import { attemptAlpha } from '../../stats/looks.ts';
import { reachable } from '../../stats/reachable.ts';
import { newestRules } from '../../stats/rule.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { isDeterministic } from '../schema/metrics.ts';
import { runsOf } from '../schema/runs.ts';

/** Checks that the threshold can be reached, and that not every candidate reaches it. */
export function thresholdRules(contract: Contract): Issue[] {
  const { threshold, metrics, goal, claim } = contract;
  if (claim === 'no_worse') return marginRules(contract);
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  if (threshold.no_worse_pct !== undefined) say(['threshold', 'no_worse_pct'], 'used only with claim: no_worse');
  const { type, pct_min, absolute_min } = threshold;
  const lower = metrics.primary.lower_is_better;

  if (type !== 'absolute' && pct_min <= 0) {
    say(
      ['threshold', 'pct_min'],
      `expected more than 0, found ${pct_min}; any change would pass; for example: pct_min: 5`,
    );
  }
  if (type !== 'absolute' && lower && pct_min >= 100) {
    say(
      ['threshold', 'pct_min'],
      `expected less than 100, found ${pct_min}; ${metrics.primary.name} cannot fall by 100 % or more`,
    );
  }
  if (type !== 'pct' && absolute_min <= 0) {
    say(
      ['threshold', 'absolute_min'],
      `expected more than 0 with type: ${type}, found ${absolute_min}; for example: absolute_min: 5`,
    );
  }
  if (type === 'pct' && absolute_min > 0) {
    say(['threshold', 'absolute_min'], 'not used with type: pct; set type: both, or remove it');
  }
  if (goal && lower && goal.pct >= 100) {
    say(
      ['goal', 'pct'],
      `expected less than 100, found ${goal.pct}; ${metrics.primary.name} cannot fall by 100 % or more`,
    );
  }
  return issues;
}

/**
 * Checks the fields of a contract with `claim: no_worse`: required fields must be set, and fields without a meaning for this claim must not
 * be set.
 */
function marginRules({ threshold, metrics, goal }: Contract): Issue[] {
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  const { no_worse_pct: margin, type, significance_required } = threshold;
  if (margin === undefined)
    say(['threshold'], 'expected no_worse_pct with claim: no_worse; for example: threshold: { no_worse_pct: 3 }');
  if (margin === 0 && !isDeterministic(metrics.primary))
    say(
      ['threshold', 'no_worse_pct'],
      `expected more than 0, found 0; ${metrics.primary.name} varies, so no number of executions can prove a margin of 0; for example: no_worse_pct: 3`,
    );
  if (type !== 'pct') say(['threshold', 'type'], `expected pct with claim: no_worse, found ${type}`);
  if (!significance_required)
    say(
      ['threshold', 'significance_required'],
      'expected true, because an estimate alone cannot prove `claim: no_worse`',
    );
  if (goal) say(['goal'], 'not used with claim: no_worse, which needs no improvement; remove it');
  return issues;
}

/** Checks that the number of executions at the last look is not smaller than the number at the first look. */
export function runsRule({ repro }: Contract): Issue[] {
  const { first, last } = runsOf(repro);
  if (last >= first) return [];
  const message = `expected at least measurement_runs (${first}), found ${last}; for example: max_runs: ${first * 2}`;
  return [{ path: ['repro', 'max_runs'], at: 'value', message }];
}

/**
 * Checks that a result can be significant with this number of executions. Assumes the smallest alpha that an attempt can have. If the
 * contract leaves the choice of the test to perf-gate, checks every test that could be chosen.
 */
export function significanceRule(contract: Contract): Issue[] {
  const { repro, metrics, threshold, significance, order, confirm, limits } = contract;
  if (!threshold.significance_required || isDeterministic(metrics.primary)) return [];
  const { first, last } = runsOf(repro);
  if (last < first) return []; // `runsRule` reports it
  const alpha = attemptAlpha(significance.alpha, limits.max_attempts, confirm);
  const test = significance.test === 'auto' && order === 'sequential' ? 'mann_whitney' : significance.test;
  const answer = reachable({ test, first, last, alpha, rules: contract.rules ?? newestRules });
  if (answer.ok) return [];
  const can = answer.smallest_p <= answer.alpha;
  const budget = confirm
    ? `alpha is ${significant(answer.alpha, 2)}`
    : `alpha for attempt ${limits.max_attempts} is ${significant(answer.alpha, 2)} because confirm is off`;
  const why = can
    ? `are too few: a single outlier would decide`
    : `can never give a significant result: the smallest p of ${answer.test} is ${significant(answer.smallest_p, 2)}, and ${budget}, so every candidate would be rejected`;
  const message = `${last} executions per arm ${why}; expected at least ${answer.needed_runs}; for example: max_runs: 20`;
  return [{ path: ['repro', 'max_runs'], at: 'value', message }];
}

/**
 * Checks that the order of executions is possible. Interleaved executions need two folders, one for each arm. A paired test needs
 * interleaved executions.
 */
export function orderRules({ isolation, order, significance }: Contract): Issue[] {
  const issues: Issue[] = [];
  if (isolation === 'in_place' && order !== 'sequential') {
    const message = 'in_place works only with order: sequential; use isolation: copy, or set order: sequential';
    issues.push({ path: ['isolation'], at: 'value', message });
  }
  if (order === 'sequential' && significance.test === 'wilcoxon_signed_rank') {
    const message = 'wilcoxon_signed_rank needs pairs, and order: sequential forms no pairs; use auto or mann_whitney';
    issues.push({ path: ['significance', 'test'], at: 'value', message });
  }
  return issues;
}
