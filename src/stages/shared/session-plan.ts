import type { Contract } from '../../contract/schema.ts';
import type { Plan } from '../../measure/steps.ts';

/** The measuring session that a contract asks for; `looks` are numbers of pairs. */
export function sessionPlan(contract: Contract, { id, seed, looks }: Pick<Plan, 'id' | 'seed' | 'looks'>): Plan {
  const { script, shell, timeout_s, before_each, service, warmup_runs } = contract.repro;
  const { same_output } = contract.guards;
  return {
    id,
    seed,
    command: { script, shell, timeout_s },
    ...(before_each ? { before_each } : {}),
    ...(service ? { service } : {}),
    ...(same_output ? { same_output } : {}),
    warmup_runs,
    metrics: [contract.metrics.primary, ...contract.metrics.watchdogs],
    looks,
    order: contract.order,
  };
}
