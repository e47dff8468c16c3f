import type { Case } from '../analytics/cases.ts';
import type { Prover } from './around.ts';
import { byCommits } from './by-commits.ts';
import { bySentinel } from './by-sentinel.ts';

/** How a kind of case is proved, by the part of its metric before the dot. What has no row here stays a suspicion. */
const provers: Readonly<Record<string, Prover>> = {
  hook: bySentinel,
  bench: byCommits,
};

/** Undefined where nothing can prove such a case. */
export const proverOf = ({ metric }: Pick<Case, 'metric'>): Prover | undefined => {
  const [kind = ''] = metric.split('.');
  return Object.hasOwn(provers, kind) ? provers[kind] : undefined;
};
