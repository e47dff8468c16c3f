import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';

/** One tree cannot hold two versions in turn, and runs that are not interleaved have no pairs. */
export function arms({ isolation, order, significance }: Contract): Issue[] {
  const issues: Issue[] = [];
  if (isolation === 'in_place' && order !== 'sequential') {
    const message = 'in_place works only with order: sequential; use isolation: copy, or set order: sequential';
    issues.push({ path: ['isolation'], at: 'value', message });
  }
  if (order === 'sequential' && significance.test === 'wilcoxon_signed_rank') {
    const message = 'wilcoxon_signed_rank needs the pairs of order: interleaved; use auto or mann_whitney';
    issues.push({ path: ['significance', 'test'], at: 'value', message });
  }
  return issues;
}
