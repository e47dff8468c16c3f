import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile } from '../../src/profile/formats/read-profile.ts';
import type { Profile } from '../../src/profile/model.ts';
import { folder } from '../helpers/folder.ts';

/** What `node --cpu-prof` writes while this program runs. */
export async function profileOf(files: Record<string, string>): Promise<{ root: string; profile: Profile }> {
  const root = folder(files);
  const dir = join(root, '.profiles');
  execFileSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${dir}`, Object.keys(files)[0]!], { cwd: root });
  return { root, profile: await readProfile(dir) };
}

/** A folder with one file of these bytes. */
export function write(name: string, bytes: Uint8Array): string {
  const dir = folder();
  writeFileSync(join(dir, name), bytes);
  return dir;
}
