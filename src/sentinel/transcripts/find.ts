import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { homeOf, type Place } from '../discover/settings.ts';

/** A transcript file of Claude Code. `changed`: in ms since 1970. */
export type Found = { file: string; bytes: number; changed: number };

/** The folder of a project's transcripts. Claude Code derives the folder's name from the project's real path. */
const transcriptsFolder = (place: Place): string =>
  join(homeOf(place), 'projects', real(place.cwd).replace(/[^A-Za-z0-9]/g, '-'));

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** All transcripts of the user, or only those of sessions in the given folder. The newest comes first. Links are not followed. */
export function findTranscripts(place: Place, of: 'all' | 'project'): Found[] {
  const all = join(homeOf(place), 'projects');
  const folders = of === 'project' ? [transcriptsFolder(place)] : entries(all, 'folder').map((name) => join(all, name));
  return folders
    .flatMap((folder) => filesIn(folder))
    .toSorted((a, b) => b.changed - a.changed || (a.file < b.file ? -1 : 1));
}

/** The transcripts of a session's subagents. */
export const subagentsOf = (file: string): string[] =>
  filesIn(join(dirname(file), basename(file, '.jsonl'), 'subagents')).map((found) => found.file);

function filesIn(folder: string): Found[] {
  return entries(folder, 'file')
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => {
      const file = join(folder, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? [{ file, bytes: stat.size, changed: stat.mtimeMs }] : [];
    });
}

/** The names of files or of subfolders in a folder. Empty if the folder does not exist. */
function entries(folder: string, kind: 'file' | 'folder'): string[] {
  const isWanted = (entry: Dirent) => (kind === 'file' ? entry.isFile() : entry.isDirectory());
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(isWanted)
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
