import type { Contract } from '../contract/schema/contract.ts';
import { hasContract, scopingOf } from './history.ts';
import type { RunState } from './state.ts';

/**
 * The patterns of the paths that no fix may touch: the contract's patterns and the default patterns. If the
 * contract's file lies in the project, its path is a pattern too. Empty if the run has no contract yet.
 */
export function protectedOf(state: RunState): string[] {
  if (!hasContract(state)) return [];
  const { contract, sealed } = scopingOf(state);
  return protectedPatterns(contract, sealed, state.options.contract_file);
}

export function protectedPatterns(
  contract: Contract,
  sealed: readonly string[] | undefined,
  contractFile: string | null,
): string[] {
  const patterns = [...contract.guards.protected, ...(sealed ?? []), ...(contractFile === null ? [] : [contractFile])];
  return [...new Set(patterns)];
}
