import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Frame, Profile } from '../model.ts';
import { dependencyFolders } from './classify.ts';

/** Formats that name files without their folders, or as the makers of a library named them. */
const relative = /\b(pstats-|massif|perf-script)/;

/** More files of a project than this are not looked at. */
const most = 20_000;

/**
 * Finds the files again whose folders a profiler left out, as the printed tables of pstats do: by their names in the project. What is
 * not there belongs to somebody else; of several files of one name the one nearest to the root is taken.
 */
export function placeRelativeNames(profile: Profile, root: string): Profile {
  const isLost = ({ kind, file }: Frame) =>
    kind === 'code' && file !== null && !isAbsolute(file) && !/^[<[]|:/.test(file) && !existsSync(join(root, file));
  if (!relative.test(profile.format) || !profile.frames.some(isLost)) return profile;
  const paths = pathsByName(root);
  const frames = profile.frames.map((frame): Frame => {
    if (!isLost(frame)) return frame;
    const path = paths.get(frame.file!);
    return path === undefined ? { ...frame, kind: 'dependency' } : { ...frame, file: path };
  });
  return { ...profile, frames };
}

function pathsByName(root: string): Map<string, string> {
  const paths = new Map<string, string>();
  const open = [''];
  let seen = 0;
  for (const folder of open) {
    if (seen > most) break;
    for (const entry of entriesIn(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !dependencyFolders.has(entry.name))
        open.push(`${path}/`);
      if (entry.isFile() && ++seen <= most && !paths.has(entry.name)) paths.set(entry.name, path);
    }
  }
  return paths;
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // what cannot be read is not found again
  }
}
