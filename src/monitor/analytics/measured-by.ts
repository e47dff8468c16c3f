import { type Redact, redactData } from '../../artifact/redact.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';

/**
 * SHA-256 of what a contract runs and measures, without its secrets. The number of runs and the limits are left out, so that they may
 * change within a series.
 */
export function measuredBy({ repro, metrics, room, network, isolation }: Contract, redact: Redact): string {
  const { warmup_runs: _w, measurement_runs: _m, max_runs: _x, ...run } = repro;
  const measured = { repro: run, metric: metrics.primary, room, network, isolation };
  return hashContract(redactData(measured, redact) as unknown as Contract);
}
