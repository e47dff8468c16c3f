import type { Contract } from '../contract/schema/contract.ts';
import { hasContract, scopingOf } from './history.ts';
import type { RunState } from './state.ts';

/**
 * The patterns of the paths that no fix may touch: those of the contract, those that are sealed by default, and the contract file itself if
 * it lies in the project. Empty before there is a contract.
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
