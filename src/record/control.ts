import { isDeterministic } from '../contract/schema/metrics.ts';
import { rulesOf } from '../experiment/rule-of.ts';
import type { ControlInRoom } from '../experiment/verdict.ts';
import { isCpuTime } from '../measure/sources/sources.ts';
import { baseBefore } from './base-before.ts';
import type { RemeasureData } from './data.ts';
import { contractOf } from './history.ts';
import type { RunState } from './state.ts';

/**
 * The earlier samples of the open attempt's base program, on the same host. Returns null if base and candidate are not measured in turn.
 * Also null for metrics that other programs influence.
 */
export function controlOf(state: RunState, measured: Pick<RemeasureData, 'control' | 'screen'>): ControlInRoom | null {
  const contract = contractOf(state);
  const { primary } = contract.metrics;
  const exact = isDeterministic(primary);
  if (rulesOf(contract) < 2 || contract.order === 'sequential' || !(exact || isCpuTime(primary.source))) return null;
  const { session, before } = baseBefore(state, measured);
  if (session.host !== measured.screen?.host) return null;
  // if a metric was declared deterministic but varies, its samples cannot show that the base is unchanged
  if (exact && session.stopped !== 'exact') return null;
  return { before, exact, room: session.room };
}
