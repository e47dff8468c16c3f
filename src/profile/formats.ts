import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { readCpuProfile } from './cpuprofile.ts';
import { mergeProfiles, type Profile } from './model.ts';

/** A profile format: how it is known, and what reads it. `read` throws profile_unreadable. */
type Format = {
  name: string;
  /** By the file's name and its first bytes; the first format of the table that says yes reads it. */
  recognise(bytes: Uint8Array, file: string): boolean;
  read(bytes: Uint8Array, file: string): Profile | Promise<Profile>;
};

/** Every format that is read. A new one is a reader in a file of its own and a row here. */
const formats: Format[] = [
  {
    name: 'cpuprofile',
    recognise: (bytes, file) => file.endsWith('.cpuprofile') || /^\s*\{\s*"nodes"\s*:/.test(start(bytes)),
    read: readCpuProfile,
  },
];

/**
 * Reads one profile, or every profile in a folder as one.
 * @throws profile_unreadable; also for no such file, an unknown format, or a folder without files
 */
export async function readProfile(path: string): Promise<Profile> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw failure('profile_unreadable', { file: path, expected: 'a file or a folder', found: 'nothing' });
  return readProfiles(stat.isDirectory() ? filesIn(path) : [path], path);
}

/**
 * Reads several files of one execution (its threads and child processes) as one profile.
 * @throws profile_unreadable
 */
export async function readProfiles(files: readonly string[], what = files.join(', ')): Promise<Profile> {
  const [first, ...others] = await Promise.all(files.map(readFile));
  if (!first) throw failure('profile_unreadable', { file: what, expected: 'a profile', found: 'no file' });
  const other = others.find((profile) => profile.unit !== first.unit);
  if (other) {
    const found = `${first.format} in ${first.unit} and ${other.format} in ${other.unit}`;
    throw failure('profile_unreadable', { file: what, expected: 'profiles of one unit', found });
  }
  return mergeProfiles([first, ...others]);
}

/** Whether there is a reader for this file. */
export function isReadable(file: string): boolean {
  return formatOf(readFileSync(file), file) !== undefined;
}

async function readFile(file: string): Promise<Profile> {
  const bytes = readFileSync(file);
  const format = formatOf(bytes, file);
  if (!format) {
    const expected = `one of ${formats.map((f) => f.name).join(', ')}`;
    throw failure('profile_unreadable', { file, expected, found: 'another format' });
  }
  return format.read(bytes, file);
}

function formatOf(bytes: Uint8Array, file: string): Format | undefined {
  return formats.find((format) => format.recognise(bytes, file));
}

/** The files in a folder and below, by name; hidden ones are left out. */
export function filesIn(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((file) => join(file.parentPath, file.name)).sort();
}

function start(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 100));
}
