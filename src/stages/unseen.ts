import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { byName } from '../core/by-name.ts';
import { writeDurable } from '../core/fs.ts';
import { listed } from '../core/text.ts';
import { readUserText } from '../core/user-file.ts';
import { touchedFrozen, wholeCopy } from '../experiment/arms.ts';
import { armsFolder } from '../experiment/arms-folder.ts';
import { copyToFree, holdSame, ignoredNow, missedIgnored } from '../git/ignored.ts';
import { statesOfNested } from '../git/nested.ts';
import type { Run } from '../record/state.ts';

const noted = z.object({ identity: z.nullable(z.string()), uid: z.number(), gid: z.number() });

/**
 * The state of ignored files and nested repositories at the beginning of a fix, which no git snapshot contains. `repositories`: the states
 * of nested repositories, by folder.
 */
const unseen = z.object({ ignored: byName(noted), repositories: byName(z.string()) });
type Unseen = z.infer<typeof unseen>;

const nothing: Unseen = { ignored: {}, repositories: {} };

/**
 * Records the state of ignored files and nested repositories before a fix begins, because no snapshot contains them. If the function is
 * called again, such as after a crash, the first record counts.
 */
export async function noteUnseen({ repo, state, paths }: Run): Promise<void> {
  const file = paths.unseen(state.epoch);
  if (existsSync(file)) return;
  const now: Unseen = { ignored: await ignoredNow(repo), repositories: await statesOfNested(repo) };
  writeDurable(file, JSON.stringify(now));
}

/** The state that was recorded before the fix. Null if there is no record, or if the record can no longer be read. */
function unseenBefore({ state, paths }: Run): Unseen | null {
  try {
    return unseen.parse(JSON.parse(readUserText(paths.unseen(state.epoch))));
  } catch {
    return null;
  }
}

/** The folders of nested git repositories that appeared during the fix. No snapshot and no commit of the project contains their files. */
export async function newRepositories(run: Run): Promise<string[]> {
  const before = unseenBefore(run);
  return before ? without(Object.keys(await statesOfNested(run.repo)), Object.keys(before.repositories)) : [];
}

/**
 * Restores ignored files that were deleted during a fix, from the frozen copy. Changed ignored files stay as they are, and their earlier
 * versions are saved in another folder. Returns sentences about these files, and also prints them as notes.
 */
export async function bringBackIgnored(run: Run): Promise<string[]> {
  const { repo, state, paths, world } = run;
  const { ignored: before, repositories: were } = unseenBefore(run) ?? nothing;
  const { gone, changed } = missedIgnored(repo, before);
  const copy = gone.length + changed.length > 0 ? await soundCopy(run) : null;
  const back: string[] = [];
  for (const path of gone) if (copy && (await copyToFree(copy, repo.root, path, before[path]))) back.push(path);
  const other = changed.filter((path) => !copy || !holdSame(join(copy, path), join(repo.root, path)));
  const aside = join(paths.local, `ignored-${state.epoch}`);
  const kept: string[] = [];
  for (const path of other)
    if (existsSync(join(aside, path)) || (copy && (await copyToFree(copy, aside, path)))) kept.push(path);
  const are = Object.keys(were).length > 0 ? await statesOfNested(repo) : {};
  const touched = Object.keys(were).filter((folder) => are[folder] !== were[folder]);
  const told = [
    say(
      back,
      (names) =>
        `The fix deleted files that git does not check (ignored, assume-unchanged or skip-worktree). perf-gate restored them as they were at the baseline: ${names}.`,
    ),
    say(
      without(gone, back),
      (names) =>
        `The fix deleted files that git does not check (ignored, assume-unchanged or skip-worktree), and no copy of them exists: ${names}.`,
    ),
    say(
      kept,
      (names) =>
        `The fix changed files that git does not check (ignored, assume-unchanged or skip-worktree). The changes stay, and copies from the baseline are in ${aside}: ${names}.`,
    ),
    say(
      without(other, kept),
      (names) =>
        `The fix changed files that git does not check (ignored, assume-unchanged or skip-worktree). The changes stay: ${names}.`,
    ),
    say(
      touched,
      (names) =>
        `The fix changed the nested git repository ${names}: perf-gate does not measure, commit or revert these changes.`,
    ),
  ].flat();
  for (const text of told) world.notify({ kind: 'note', text });
  return told;
}

const without = (all: readonly string[], some: readonly string[]) => all.filter((path) => !some.includes(path));

const say = (paths: readonly string[], sentence: (names: string) => string): string[] =>
  paths.length === 0 ? [] : [sentence(listed(paths))];

/** The folder of the frozen copy. Null if the folder does not exist, or if a file in it has changed. */
async function soundCopy({ repo, world, state }: Run): Promise<string | null> {
  const setup = { repo, folder: armsFolder(world.env, repo.project, state.run) };
  const frozen = wholeCopy(setup);
  if (frozen === null || (await touchedFrozen(setup, frozen)) !== undefined) return null;
  return frozen.dir;
}
