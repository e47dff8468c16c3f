import { isDeterministic } from '../contract/schema/metrics.ts';
import { rulesOf } from '../experiment/rule-of.ts';
import type { ControlInRoom } from '../experiment/verdict.ts';
import { isCpuTime } from '../measure/sources/sources.ts';
import { baselineOf, contractOf } from './history.ts';
import { lastAccepted } from './planned-sessions.ts';
import type { RunState } from './state.ts';

/**
 * What the program that is the base of the open attempt measured before: in the baseline, where it was both arms, or as the candidate of the
 * last accepted attempt. Null where the base is not measured beside the candidate, and for metrics that other programs move.
 */
export function controlOf(state: RunState): ControlInRoom | null {
  const contract = contractOf(state);
  const { primary } = contract.metrics;
  const exact = isDeterministic(primary);
  if (rulesOf(contract) < 2 || contract.order === 'sequential' || !(exact || isCpuTime(primary.source))) return null;
  const last = lastAccepted(state);
  const session = last ?? baselineOf(state).aa[0]!;
  // a declared metric that varies is sampled, and no value of it repeats
  if (exact && session.stopped !== 'exact') return null;
  return { before: last ? last.candidate : [...session.base, ...session.candidate], exact, room: session.room };
}
