import { hashProtected, type ProtectedChange, protectedChanges } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { gitSettings, wayBack } from '../git/settings.ts';
import { hasContract, scopingOf } from './history.ts';
import { protectedOf } from './protected.ts';
import type { Run } from './state.ts';

/**
 * Checks that the sealed files and git settings are as they were at the approval.
 * @throws contract_changed
 * @throws git_settings_changed
 */
export async function sealIntact(run: Run): Promise<void> {
  if (!hasContract(run.state) || scopingOf(run.state).approved_by === null) return;
  const changed = brokenSeals(run);
  if (changed.length > 0) throw failure('contract_changed', { changed: changed.map(changeText) });
  const settings = await brokenSettings(run);
  if (settings.length > 0) throw failure('git_settings_changed', { settings: settings.map(settingText) });
}

/** The names of the git settings that differ from those at the approval. Empty before the approval. */
export async function brokenSettings({ state, repo, world }: Run): Promise<ProtectedChange[]> {
  if (!hasContract(state)) return [];
  const { git_settings } = scopingOf(state);
  if (!git_settings) return [];
  return protectedChanges(git_settings, await gitSettings(repo, world.env));
}

/** The sealed files that differ from their state at the approval. */
export function brokenSeals(run: Run): ProtectedChange[] {
  const now = hashProtected(run.repo.project, protectedOf(run.state));
  return protectedChanges(scopingOf(run.state).protected, now);
}

/** `hooks/post-commit (added): remove .git/hooks/post-commit` */
const settingText = (change: ProtectedChange) => `${changeText(change)}: ${wayBack(change)}`;

/**
 * Returns sentences about git settings that differ from those at the approval, with remedies. Also shows the sentences to the user, because
 * perf-gate does not restore the settings.
 */
export async function settingsLeft(run: Run): Promise<string[]> {
  const told = (await brokenSettings(run)).map((change) => `Git's settings have changed: ${settingText(change)}.`);
  for (const text of told) run.world.notify({ kind: 'note', text });
  return told;
}

export const changeText = ({ path, kind }: ProtectedChange) => `${path} (${kind})`;
