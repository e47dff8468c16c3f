import { statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { filesIn, isReadable } from '../../../profile/formats/read-profile.ts';
import type { Tools } from '../../command.ts';

/** What `profile --speedscope` writes beside the profile: the same once more, so a folder does not count both. */
export const speedscopeName = 'profile.speedscope.json';

/**
 * The files that paths stand for: a folder for the profiles in it and below. What else lies there is left out, and said.
 * @throws profile_unreadable for a folder without a profile
 */
export function profilesAt(paths: readonly string[], { cwd, say }: Pick<Tools, 'cwd' | 'say'>): string[] {
  return paths.flatMap((given) => {
    const path = resolve(cwd, given);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const files = filesIn(path);
    const readable = files.filter(isReadable);
    const originals = readable.filter((file) => basename(file) !== speedscopeName);
    const profiles = originals.length > 0 ? originals : readable;
    const others = files.filter((file) => !profiles.includes(file));
    if (profiles.length === 0) {
      const found = others.length === 0 ? 'no file' : `other files (${others.length})`;
      throw failure('profile_unreadable', { file: path, expected: 'profiles in this folder', found });
    }
    if (others.length > 0) say(`No profile, left out: ${others.map((file) => relative(cwd, file)).join(', ')}`);
    return profiles;
  });
}
