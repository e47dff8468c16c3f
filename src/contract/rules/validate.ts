import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { orderRules, runsRule, significanceRule, thresholdRules } from './judging.ts';
import { loadMetrics, loadRules } from './load.ts';
import { metricRules, outputRule } from './metrics.ts';
import { pathRules } from './paths.ts';
import { profilerRule } from './profiler.ts';
import { suiteRules } from './suite.ts';

/**
 * The rules about combinations of fields. Each field alone is valid, but some combinations are not. `needs`: a rule is skipped if one of
 * these sections is missing.
 */
const rules: { needs: readonly (keyof Contract)[]; check: (contract: Contract) => Issue[] }[] = [
  { needs: ['metrics', 'threshold', 'claim'], check: thresholdRules },
  { needs: ['metrics'], check: metricRules },
  { needs: ['guards'], check: outputRule },
  { needs: ['repro'], check: runsRule },
  { needs: ['repro'], check: loadRules },
  { needs: ['repro', 'metrics'], check: loadMetrics },
  { needs: ['repro', 'metrics', 'threshold', 'significance', 'confirm', 'order', 'limits'], check: significanceRule },
  { needs: ['isolation', 'order', 'significance'], check: orderRules },
  { needs: ['repro', 'metrics', 'threshold', 'claim', 'order', 'isolation'], check: suiteRules },
  { needs: [], check: pathRules },
  { needs: [], check: profilerRule },
];

/** The mistakes in combinations of fields. A rule is skipped if a section that the rule needs is missing. */
export function validate(contract: Partial<Contract>): Issue[] {
  return rules
    .filter((rule) => rule.needs.every((key) => contract[key] !== undefined))
    .flatMap((rule) => rule.check(contract as Contract));
}
