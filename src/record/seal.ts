import type { Contract } from '../contract/schema/contract.ts';
import { hashProtected, protectedChanges } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { hasContract, scopingOf } from './history.ts';
import type { Run } from './state.ts';

/** The patterns of the paths that no fix may touch: those of the contract, and the contract file itself if it lies in the project. */
export function protectedPatterns(contract: Contract, contractFile: string | null): string[] {
  return [...contract.guards.protected, ...(contractFile === null ? [] : [contractFile])];
}

export const protectedOf = (run: Run) =>
  protectedPatterns(scopingOf(run.state).contract, run.state.options.contract_file);

/**
 * Checks that the files that were sealed at approval are unchanged.
 * @throws contract_changed
 */
export function sealIntact(run: Run): void {
  if (!hasContract(run.state) || scopingOf(run.state).approved_by === null) return;
  const changed = brokenSeals(run);
  if (changed.length > 0) throw failure('contract_changed', { changed });
}

/** The sealed files that differ now, each with the kind of change. */
export function brokenSeals(run: Run): string[] {
  const now = hashProtected(run.repo.project, protectedOf(run));
  return protectedChanges(scopingOf(run.state).protected, now).map((c) => `${c.path} (${c.kind})`);
}
