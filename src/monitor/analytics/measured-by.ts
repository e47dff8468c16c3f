import { type Redact, redactData } from '../../artifact/redact.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { hashContract } from '../../contract/seal.ts';

/**
 * The SHA-256 of the parts of a contract that determine what is executed and measured. Secrets are not part of the hash. The hash does not
 * depend on the number of executions or on the limits.
 */
export function measuredBy({ repro, metrics, room, network, isolation }: Contract, redact: Redact): string {
  const { warmup_runs: _w, measurement_runs: _m, max_runs: _x, ...run } = repro;
  const measured = { repro: run, metric: metrics.primary, room, network, isolation };
  return hashContract(redactData(measured, redact) as unknown as Contract);
}
