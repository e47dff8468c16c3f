import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { PerfGate } from './cli.ts';
import { at, isolateGit, type TestRepository, temporaryFolder } from './repository.ts';

const fixtures = join(import.meta.dirname, '../fixtures/runs');

/** Runs that an earlier version recorded, by their state: see `test/fixtures/runs/record.sh`. */
export const recordedRuns = [
  'accepted',
  'rejected',
  'aborted',
  'resumed',
  'monorepo',
  'fixing',
  'unfinished',
  'interrupted',
] as const;
export type Recorded = (typeof recordedRuns)[number];

/** `place`: the original folder of the repository. `project`: the folder of `.perf-gate/` in it. `branch`, `head`: the checked-out state. */
type Fixture = { run: string; place: string; project: string; branch: string; head: string };

/** A recorded run in its own repository. `project` is the folder of `.perf-gate/`, most often the root. */
export type Restored = { repo: TestRepository; project: TestRepository; run: string; head: string; branch: string };

const read = (name: Recorded) => JSON.parse(readFileSync(join(fixtures, name, 'fixture.json'), 'utf8')) as Fixture;

/** Restores the run in a fresh temporary folder, as on a machine that received the repository: another machine approved it. */
export function restored(name: Recorded): Restored {
  return restoreIn(join(temporaryFolder('perf-gate-restored-'), 'project'), name);
}

/** Whether runs can be restored where they were recorded. Not on a Mac, where `/tmp` is a link. */
export const placeIsHere = realpathSync('/tmp') === '/tmp';

/**
 * Restores the run where it was recorded, with the key of the machine that approved it, as for a user who updated perf-gate.
 * Waits until no other test uses that folder, so that two test runs can share a machine.
 */
export async function restoredInPlace(name: Recorded, perfgate: PerfGate): Promise<Restored> {
  const { place } = read(name);
  const folder = dirname(place);
  await alone(folder);
  const key = join(perfgate.env().XDG_STATE_HOME!, 'perf-gate/machine-key');
  onTestFinished(() => {
    for (const path of [folder, key]) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  });
  mkdirSync(dirname(key), { recursive: true });
  cpSync(join(fixtures, name, 'machine-key'), key);
  return restoreIn(place, name);
}

/** Makes the folder that other tests want too. A folder older than five minutes was left by a killed test, and is removed. */
async function alone(folder: string): Promise<void> {
  for (;;) {
    try {
      return void mkdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since < 300_000) await sleep(100);
    else renameSync(folder, join(mkdtempSync(join(tmpdir(), 'perf-gate-left-')), 'left'));
  }
}

function restoreIn(root: string, name: Recorded): Restored {
  const { run, project, branch, head } = read(name);
  const from = join(fixtures, name);
  isolateGit();
  mkdirSync(root, { recursive: true });
  const repo = at(root);
  repo.git('init', '--quiet', '--initial-branch=nothing-yet');
  repo.git('config', 'user.name', 'A User');
  repo.git('config', 'user.email', 'user@example.org');
  repo.git('config', 'gc.auto', '0');
  repo.git('fetch', '--quiet', join(from, 'repository.bundle'), '+refs/*:refs/*');
  repo.git('checkout', '--quiet', branch);
  const patch = join(from, 'work-tree.patch');
  if (existsSync(patch)) execFileSync('git', ['apply', patch], { cwd: root, stdio: 'pipe' });
  const home = join(root, project, '.perf-gate');
  cpSync(join(from, 'perf-gate'), home, { recursive: true });
  renameSync(join(home, 'dot-gitignore'), join(home, '.gitignore'));
  return { repo, project: at(join(root, project)), run, head, branch };
}

/** Forges a run's journal: changes its lines, and makes its chain of hashes valid again. */
export function changeJournal<Line>(project: TestRepository, run: string, change: (line: Line) => void): void {
  const file = join(project.root, '.perf-gate/runs', run, 'journal.jsonl');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  let prev = '';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const changed = lines.map((text) => {
    const { sum: _, ...line } = JSON.parse(text);
    change(line);
    const rest = { ...line, prev };
    const whole = JSON.stringify({ ...rest, sum: sha256(JSON.stringify(rest)) });
    prev = sha256(whole);
    return `${whole}\n`;
  });
  writeFileSync(file, changed.join(''));
}
