import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { readProfiles } from '../formats/read-profile.ts';
import type { Frame, Profile } from '../model.ts';
import { classify, dependencyFolders, withRealPaths } from './classify.ts';
import { followSourceMaps } from './source-maps.ts';

/**
 * Reads the profiles of one execution as one, and relates its frames to the sources of the project. `root`: where the project lay.
 * @throws profile_unreadable
 */
export async function projectProfile(files: readonly string[], root: string): Promise<Profile> {
  return ofProject(await readProfiles(files), root);
}

/** Relates the frames of a profile to the sources of the project, and classifies them. */
export async function ofProject(profile: Profile, root: string): Promise<Profile> {
  const roots = withRealPaths([root]);
  return classify(findFolders(await followSourceMaps(profile, roots), root), roots);
}

/** Formats that name files without their folders, or by the paths on the machine that built a library. */
const withoutFolders = /\b(pstats-|massif|perf-script)/;

/** At most this many files of a project are searched. */
const mostFiles = 20_000;

/**
 * Finds files whose folders the profiler left out, as the printed tables of pstats do, by their names in the project. A file that is not
 * found counts as a dependency. If several files have the name, the one nearest to the root is taken.
 */
function findFolders(profile: Profile, root: string): Profile {
  const isLost = ({ kind, file }: Frame) =>
    kind === 'code' && file !== null && !isAbsolute(file) && !/^[<[]|:/.test(file) && !existsSync(join(root, file));
  if (!withoutFolders.test(profile.format) || !profile.frames.some(isLost)) return profile;
  const paths = pathsByName(root);
  const frames = profile.frames.map((frame): Frame => {
    if (!isLost(frame)) return frame;
    const path = paths.get(frame.file!);
    return path === undefined ? { ...frame, kind: 'dependency' } : { ...frame, file: path };
  });
  return { ...profile, frames };
}

/** The files of a project by name, breadth first, without dependencies and hidden folders. */
function pathsByName(root: string): Map<string, string> {
  const paths = new Map<string, string>();
  const open = [''];
  let seen = 0;
  for (const folder of open) {
    if (seen > mostFiles) break;
    for (const entry of entriesIn(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !dependencyFolders.has(entry.name))
        open.push(`${path}/`);
      if (entry.isFile() && ++seen <= mostFiles && !paths.has(entry.name)) paths.set(entry.name, path);
    }
  }
  return paths;
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // files in an unreadable folder are not found
  }
}
