import { isDeterministic } from '../contract/schema/metrics.ts';
import { rulesOf } from '../experiment/rule-of.ts';
import type { ControlInRoom } from '../experiment/verdict.ts';
import { isCpuTime } from '../measure/sources/sources.ts';
import { baseBefore } from './base-before.ts';
import type { RemeasureData } from './data.ts';
import { contractOf } from './history.ts';
import type { RunState } from './state.ts';

/**
 * What the program that is the base of the open attempt measured before, on the same host. Null where the base is not measured beside the
 * candidate, and for metrics that other programs move.
 */
export function controlOf(state: RunState, measured: Pick<RemeasureData, 'control' | 'screen'>): ControlInRoom | null {
  const contract = contractOf(state);
  const { primary } = contract.metrics;
  const exact = isDeterministic(primary);
  if (rulesOf(contract) < 2 || contract.order === 'sequential' || !(exact || isCpuTime(primary.source))) return null;
  const { session, before } = baseBefore(state, measured);
  if (session.host !== measured.screen?.host) return null;
  // a declared metric that varies is sampled, and no value of it repeats
  if (exact && session.stopped !== 'exact') return null;
  return { before, exact, room: session.room };
}
