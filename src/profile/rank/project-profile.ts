import { readProfiles } from '../formats/read-profile.ts';
import type { Profile } from '../model.ts';
import { classify, withRealPaths } from './classify.ts';
import { findOwnFiles } from './own-files.ts';
import { followSourceMaps } from './source-maps.ts';

/**
 * Reads the profiles of one execution as one profile, and relates its frames to the sources of the project. `root`: the path that the
 * project had during the execution. `value`: see `readProfiles`.
 * @throws profile_unreadable, profile_value
 */
export async function projectProfile(files: readonly string[], root: string, value?: string): Promise<Profile> {
  return ofProject(await readProfiles(files, value), root);
}

/** Relates the frames of a profile to the sources of the project, and classifies them. */
export async function ofProject(profile: Profile, root: string): Promise<Profile> {
  const roots = withRealPaths([root]);
  return classify(findOwnFiles(await followSourceMaps(profile, roots), root), roots);
}
