import type { Case } from '../analytics/cases.ts';
import type { Prover } from './around.ts';
import { byCommits } from './by-commits.ts';
import { bySentinel } from './by-sentinel.ts';

/**
 * The functions that prove cases, by kind of case. The kind is the part of the case's metric before the dot. Cases of kinds that are not
 * listed stay suspicions.
 */
const provers: Readonly<Record<string, Prover>> = {
  hook: bySentinel,
  bench: byCommits,
};

/** The function that proves a case. Undefined if cases of this kind cannot be proved. */
export const proverOf = ({ metric }: Pick<Case, 'metric'>): Prover | undefined => {
  const [kind = ''] = metric.split('.');
  return Object.hasOwn(provers, kind) ? provers[kind] : undefined;
};
