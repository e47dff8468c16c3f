import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';
import { mergeProfiles, type Profile } from '../model.ts';
import { asUtf8, unpacked, unpackedStart, unreadable } from '../parsing/input.ts';
import { looksOf } from '../parsing/looks.ts';
import { noValue } from '../parsing/values.ts';
import { foreignFormat } from './foreign.ts';
import { type Format, formats, headBytes } from './formats.ts';

/**
 * Reads a file, or all files in a folder, as one profile. `value`: see `readProfiles`.
 * @throws profile_unreadable: also if the path does not exist, the format is unknown, or the folder holds no files
 */
export async function readProfile(path: string, value?: string): Promise<Profile> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw unreadable(path, 'a file or a folder', 'nothing');
  return readProfiles(stat.isDirectory() ? filesIn(path) : [path], value, path);
}

/**
 * Reads several files of one execution (its threads and child processes) as one profile. `value`: the name of the value to read if a file
 * holds several, such as events of perf or types of pprof.
 * @throws profile_unreadable
 * @throws profile_value: a file does not hold that value
 */
export async function readProfiles(
  files: readonly string[],
  value?: string,
  what = files.join(', '),
): Promise<Profile> {
  const [first, ...others] = await Promise.all(files.map((file) => readFile(file, value)));
  if (!first) throw unreadable(what, 'a profile', 'no file');
  const other = others.find((profile) => profile.unit !== first.unit);
  if (other) {
    const found = `${first.format} in ${first.unit} and ${other.format} in ${other.unit}`;
    throw unreadable(what, 'profiles of one unit', found);
  }
  return mergeProfiles([first, ...others]);
}

/** Whether a file can be opened, and some format recognises it. */
export function isReadable(file: string): boolean {
  try {
    const head = Buffer.alloc(headBytes);
    if (!statSync(file).isFile()) return false;
    const fd = openSync(file, 'r');
    try {
      return formatOf(asUtf8(unpackedStart(head.subarray(0, readSync(fd, head)))), file) !== undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

/** The files in a folder and its subfolders, sorted by path; hidden files are left out. */
export function filesIn(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((file) => join(file.parentPath, file.name)).sort();
}

async function readFile(file: string, value: string | undefined): Promise<Profile> {
  const bytes = asUtf8(unpacked(bytesOf(file), file));
  const format = formatOf(bytes, file);
  if (!format) {
    const known = foreignFormat(bytes, file);
    const found = known ? `${known.what}, which is not read` : looksOf(bytes);
    throw unreadable(file, `one of ${formats.map(({ name }) => name).join(', ')}`, found, known?.how);
  }
  if (value !== undefined && !format.values) throw noValue(file, value, []);
  try {
    return finite(await format.read(bytes, file, value), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STRING_TOO_LONG') throw error;
    throw unreadable(file, 'lines and names of less than 512 MB', 'a longer line or name');
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readUserFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw unreadable(
      file,
      'a file that can be read',
      code === 'ENOENT' ? 'nothing' : (code ?? (error as Error).message),
    );
  }
}

const formatOf = (bytes: Uint8Array, file: string): Format | undefined =>
  formats.find((format) => format.recognise(bytes, file));

/** Refuses negative amounts, and infinite amounts, which JSON can write (1e999). */
function finite(profile: Profile, file: string): Profile {
  const isAmount = (value: number) => Number.isFinite(value) && value >= 0;
  if (isAmount(profile.total) && isAmount(profile.idle) && profile.nodes.every(({ self }) => isAmount(self)))
    return profile;
  throw unreadable(file, 'amounts that are numbers of at least 0', 'others');
}
