import type { Case } from '../analytics/cases.ts';
import type { Prover } from './around.ts';
import { byCommits } from './by-commits.ts';
import { bySentinel } from './by-sentinel.ts';

/** The provers by kind of case, the part of its metric before the dot. Cases of other kinds stay suspicions. */
const provers: Readonly<Record<string, Prover>> = {
  hook: bySentinel,
  bench: byCommits,
};

/** The prover of a case; undefined if cases of its kind cannot be proved. */
export const proverOf = ({ metric }: Pick<Case, 'metric'>): Prover | undefined => {
  const [kind = ''] = metric.split('.');
  return Object.hasOwn(provers, kind) ? provers[kind] : undefined;
};
