import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(import.meta.dirname, '../..');

/** Makes the package as it is published below `home`: the `files` of package.json and a bundle of the current sources. Returns its launcher. */
export function pack(home: string): string {
  const folder = join(home, 'package');
  const { files } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { files: string[] };
  for (const path of [...files, 'package.json'])
    if (path !== 'dist' && existsSync(join(source, path))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(source, path), join(folder, path), { recursive: true });
    }
  cpSync(bundled(home), join(folder, 'dist'), { recursive: true });
  return join(folder, 'bin/perf-gate.cjs');
}

/** The folder of a bundle of the sources. The first test file that needs it builds it for the whole test run (see one-bundle.ts), else it is below `home`. */
function bundled(home: string): string {
  const shared = join(process.env.TEST_BUNDLE ?? home, 'bundle');
  if (existsSync(shared)) return shared;
  const build = mkdtempSync(join(dirname(shared), 'build-'));
  symlinkSync(join(source, 'src'), join(build, 'src'));
  execFileSync(process.execPath, [join(source, 'build.mjs')], { cwd: build, stdio: 'pipe' });
  try {
    renameSync(join(build, 'dist'), shared);
  } catch (error) {
    if (!existsSync(shared)) throw error; // else another test file was faster
  }
  return shared;
}
