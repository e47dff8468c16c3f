import { statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { filesIn, isReadable } from '../../../profile/formats/read-profile.ts';
import type { Profile } from '../../../profile/model.ts';
import type { Hotspots } from '../../../profile/rank/hotspots.ts';
import type { Tools } from '../../terminal/tools.ts';

/** The name of the file that `profile --speedscope` writes next to the profile. The file repeats the profile, so `profilesAt` skips it. */
export const speedscopeName = 'profile.speedscope.json';

/**
 * The profiles at these paths. A folder means all profiles in the folder and in its subfolders. Skips all other files of the folder, and
 * prints their names.
 * @throws profile_unreadable: a folder without a profile
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
    if (others.length > 0)
      say(`Skipped files that are no profiles: ${others.map((file) => relative(cwd, file)).join(', ')}`);
    return profiles;
  });
}

const others = /\/(node_modules|site-packages|dist-packages|vendor)\//;

/** `elsewhere` returns a file only if the file has at least this share of the total cost. */
const much = 0.05;

/**
 * The most expensive file outside of the project, if no function of the project was found. Its path can show where the project really is.
 */
export function elsewhere({ hotspots }: Hotspots, { nodes, frames, total }: Profile): string | null {
  if (hotspots.length > 0) return null;
  const costs = new Map<string, number>();
  for (const { frame, self } of nodes) {
    const { kind, file } = frames[frame]!;
    const isOutside = file !== null && (isAbsolute(file) || file.startsWith('..')) && !others.test(file);
    if (kind === 'dependency' && isOutside) costs.set(file, (costs.get(file) ?? 0) + self);
  }
  const [file, cost] = [...costs].sort(([, a], [, b]) => b - a)[0] ?? [null, 0];
  return file !== null && cost >= total * much ? oneLine(file) : null;
}
