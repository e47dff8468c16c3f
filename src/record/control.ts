import { isDeterministic } from '../contract/schema/metrics.ts';
import { rulesOf } from '../experiment/rule-of.ts';
import { deciding } from '../experiment/verdict.ts';
import { isCpuTime } from '../measure/sources/sources.ts';
import type { Control } from '../stats/base-moved.ts';
import { accepted, baselineOf, contractOf } from './history.ts';
import { type RunState, stepsOf } from './state.ts';

/**
 * What the program that is the base of the open attempt measured before: in the baseline, where it was both arms, or as the candidate of the
 * last accepted attempt. Null where the base is not measured beside the candidate, and for metrics that other programs move.
 */
export function controlOf(state: RunState): Control | null {
  const contract = contractOf(state);
  const { primary } = contract.metrics;
  const exact = isDeterministic(primary);
  if (rulesOf(contract) < 2 || contract.order === 'sequential' || !(exact || isCpuTime(primary.source))) return null;
  const last = accepted(state).at(-1);
  const step = last && stepsOf(state, 'remeasure').find(({ attempt }) => attempt === last.attempt);
  if (step) return { before: deciding(step.data)?.candidate ?? [], exact };
  const [first] = baselineOf(state).aa;
  // a declared metric that varies is sampled, and no value of it repeats
  if (exact && first!.stopped !== 'exact') return null;
  return { before: [...first!.base, ...first!.candidate], exact };
}
