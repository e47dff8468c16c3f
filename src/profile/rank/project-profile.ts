import { readProfiles } from '../formats/read-profile.ts';
import type { Profile } from '../model.ts';
import { classify } from './classify.ts';
import { withRealPaths } from './real-roots.ts';
import { placeRelativeNames } from './relative-names.ts';
import { followSourceMaps } from './source-maps.ts';

/**
 * Profiles of one execution as one, with their frames led back to the sources of the project and told apart. `root`: where it lay.
 * @throws profile_unreadable
 */
export async function projectProfile(files: readonly string[], root: string): Promise<Profile> {
  return ofProject(await readProfiles(files), root);
}

/** The same for a profile that was read. */
export async function ofProject(profile: Profile, root: string): Promise<Profile> {
  const roots = withRealPaths([root]);
  return classify(placeRelativeNames(await followSourceMaps(profile, roots), root), roots);
}
