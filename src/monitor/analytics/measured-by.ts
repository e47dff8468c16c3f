import { type Redact, redactData } from '../../artifact/redact.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';

/**
 * The SHA-256 of the parts of a contract that determine what is run and measured, without its secrets. A change of the number of runs or of
 * the limits does not change this hash.
 */
export function measuredBy({ repro, metrics, room, network, isolation }: Contract, redact: Redact): string {
  const { warmup_runs: _w, measurement_runs: _m, max_runs: _x, ...run } = repro;
  const measured = { repro: run, metric: metrics.primary, room, network, isolation };
  return hashContract(redactData(measured, redact) as unknown as Contract);
}
