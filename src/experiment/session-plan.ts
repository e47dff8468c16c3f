import type { Contract } from '../contract/schema/contract.ts';
import { loadCommand } from '../measure/service/load.ts';
import type { SessionPlan } from '../measure/sessions/plan.ts';

/** The measuring session that a contract asks for; `looks` are numbers of pairs. */
export function sessionPlan(
  contract: Contract,
  { id, seed, looks }: Pick<SessionPlan, 'id' | 'seed' | 'looks'>,
): SessionPlan {
  const { script, load, shell, timeout_s, before_each, service, warmup_runs } = contract.repro;
  const pinned = contract.repro.cpus === undefined ? {} : { cpus: contract.repro.cpus };
  const { same_output } = contract.guards;
  return {
    id,
    seed,
    // Under load it is the service that is measured, so the CPUs are for it.
    command: load ? { script: loadCommand(load), shell: false, timeout_s } : { script, shell, timeout_s, ...pinned },
    ...(before_each ? { before_each } : {}),
    ...(service ? { service: { ...service, ...(load ? pinned : {}) } } : {}),
    ...(same_output ? { same_output } : {}),
    warmup_runs,
    metrics: [contract.metrics.primary, ...contract.metrics.watchdogs],
    looks,
    order: contract.order,
  };
}
