import type { Contract } from '../contract/schema/contract.ts';
import { hashProtected, type ProtectedChange, protectedChanges } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { changedSettings, gitSettings } from '../git/settings.ts';
import { hasContract, scopingOf } from './history.ts';
import type { Run, RunState } from './state.ts';

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

/**
 * Checks that the files that were sealed at approval are unchanged, and git's settings too.
 * @throws contract_changed
 * @throws git_settings_changed
 */
export async function sealIntact(run: Run): Promise<void> {
  if (!hasContract(run.state) || scopingOf(run.state).approved_by === null) return;
  const changed = brokenSeals(run);
  if (changed.length > 0) throw failure('contract_changed', { changed: changed.map(changeText) });
  const settings = await brokenSettings(run);
  if (settings.length > 0) throw failure('git_settings_changed', { settings });
}

/** The settings of git that differ from those at approval. */
export async function brokenSettings({ state, repo, world }: Run): Promise<string[]> {
  const { git_settings } = scopingOf(state);
  return git_settings ? changedSettings(git_settings, await gitSettings(repo, world.env)) : [];
}

/** The sealed files that differ now. */
export function brokenSeals(run: Run): ProtectedChange[] {
  const now = hashProtected(run.repo.project, protectedOf(run.state));
  return protectedChanges(scopingOf(run.state).protected, now);
}

export const changeText = ({ path, kind }: ProtectedChange) => `${path} (${kind})`;
