import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/core/clock.ts';
import { run } from '../../src/core/exec.ts';
import { copyTree, makeDir, remove } from '../../src/core/fs.ts';
import type { World } from '../../src/core/world.ts';

/** The plugins whose hooks are measured: sixteen, of which two never run. */
export const examples = fileURLToPath(new URL('../../examples/hooks', import.meta.url));

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** Runs `act` in a new repository with some hundred files and an empty HOME, then removes both. */
export async function inProject<T>(act: (world: World) => Promise<T>): Promise<T> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bench-')));
  const [cwd, home] = [join(dir, 'project'), join(dir, 'home')];
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
  };
  try {
    for (const name of ['sentinel', 'stats', 'measure']) copyTree(join(sources, name), join(cwd, 'src', name));
    makeDir(home);
    const who = ['-c', 'user.name=A User', '-c', 'user.email=user@example.org'];
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      [...who, 'commit', '--quiet', '-m', 'All'],
    ])
      await run('git', args, { cwd, env });
    return await act({ cwd, env, clock: systemClock, notify() {}, signal: new AbortController().signal });
  } finally {
    remove(dir);
  }
}
