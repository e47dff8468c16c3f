import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readProfile } from '../../src/profile/formats/read-profile.ts';
import type { Profile } from '../../src/profile/model.ts';

/** A folder with these files, gone after the test. */
export function folder(files: Record<string, string> = {}): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-profile-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

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
