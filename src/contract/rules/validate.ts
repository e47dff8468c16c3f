import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { arms } from './arms.ts';
import { loadMetrics, loadRules } from './load.ts';
import { metricRules, outputRule } from './metrics.ts';
import { paths } from './paths.ts';
import { profilerRule } from './profiler.ts';
import { reach } from './reach.ts';
import { runs } from './runs.ts';
import { thresholdRules } from './threshold.ts';

/** What must hold between fields that are each right by themselves. */
const rules: { needs: readonly (keyof Contract)[]; check: (contract: Contract) => Issue[] }[] = [
  { needs: ['metrics', 'threshold'], check: thresholdRules },
  { needs: ['metrics'], check: metricRules },
  { needs: ['guards'], check: outputRule },
  { needs: ['repro'], check: runs },
  { needs: ['repro'], check: loadRules },
  { needs: ['repro', 'metrics'], check: loadMetrics },
  { needs: ['repro', 'metrics', 'threshold', 'significance', 'confirm', 'order', 'limits'], check: reach },
  { needs: ['isolation', 'order', 'significance'], check: arms },
  { needs: [], check: paths },
  { needs: [], check: profilerRule },
];

/** All mistakes of the contract, those of sections that are missing left out; pure. */
export function validate(contract: Partial<Contract>): Issue[] {
  return rules
    .filter((rule) => rule.needs.every((key) => contract[key] !== undefined))
    .flatMap((rule) => rule.check(contract as Contract));
}
