import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The largest number of files and folders of a project that are read. */
const MOST = 2000;

/** File-name endings of the files that people and agents edit most. */
const sources =
  /^\.([cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|cpp|cc|c|h|hpp|swift|scala|sh|vue|svelte|css|scss|html|sql|json|ya?ml|toml|md)$/;

const skipped = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', '__pycache__']);

/**
 * The file whose path is filled into inputs. It is the first file of the most frequent kind of source file in the project. The file must
 * exist, because hooks that format or check files ignore missing files. The result is undefined if the project has no source files.
 */
export function projectFile(project: string): string | undefined {
  const byEnding = new Map<string, string[]>();
  const folders = [project];
  let seen = 0;
  for (const folder of folders) {
    for (const entry of entriesOf(folder)) {
      if (++seen > MOST) break;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) folders.push(path);
      const ending = extname(entry.name);
      if (entry.isFile() && sources.test(ending)) byEnding.set(ending, [...(byEnding.get(ending) ?? []), path]);
    }
    if (seen > MOST) break;
  }
  return [...byEnding.values()].reduce<string[]>((most, files) => (files.length > most.length ? files : most), [])[0];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // not readable
  }
}
