import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(import.meta.dirname, '../..');

/** perf-gate as it is published, in a folder below `home`: the `files` of package.json, and a bundle of the sources as they are now. Gives its launcher. */
export function pack(home: string): string {
  const folder = join(home, 'package');
  const build = join(home, 'build');
  mkdirSync(build, { recursive: true });
  symlinkSync(join(source, 'src'), join(build, 'src'));
  execFileSync(process.execPath, [join(source, 'build.mjs')], { cwd: build, stdio: 'pipe' });
  const { files } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { files: string[] };
  for (const path of [...files, 'package.json'])
    if (path !== 'dist' && existsSync(join(source, path))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(source, path), join(folder, path), { recursive: true });
    }
  renameSync(join(build, 'dist'), join(folder, 'dist'));
  return join(folder, 'bin/perf-gate.cjs');
}
