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

/** What no snapshot sees, as it was when a fix began. `repositories`: the states of those inside of the project, by their folders. */
const unseen = z.object({ ignored: byName(noted), repositories: byName(z.string()) });
type Unseen = z.infer<typeof unseen>;

const nothing: Unseen = { ignored: {}, repositories: {} };

/** Notes what no snapshot sees, before a fix begins; a second time, such as after a crash, the first counts. */
export async function noteUnseen({ repo, state, paths }: Run): Promise<void> {
  const file = paths.unseen(state.epoch);
  if (existsSync(file)) return;
  const now: Unseen = { ignored: await ignoredNow(repo), repositories: await statesOfNested(repo) };
  writeDurable(file, JSON.stringify(now));
}

/** Null where nothing was noted, or where it cannot be read any more. */
function unseenBefore({ state, paths }: Run): Unseen | null {
  try {
    return unseen.parse(JSON.parse(readUserText(paths.unseen(state.epoch))));
  } catch {
    return null;
  }
}

/** The folders of repositories that came while the fix was made: no snapshot and no commit of the project holds what is in them. */
export async function newRepositories(run: Run): Promise<string[]> {
  const before = unseenBefore(run);
  return before ? without(Object.keys(await statesOfNested(run.repo)), Object.keys(before.repositories)) : [];
}

/**
 * Brings back ignored files that went while a fix was made, from the copy that both arms are made from. Those that were changed stay, and the
 * earlier ones are put beside. Returns sentences about it, and tells them at once.
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
    say(back, (names) => `The fix deleted what git does not look at; it is back as it was at the baseline: ${names}.`),
    say(
      without(gone, back),
      (names) => `The fix deleted what git does not look at, and there is no copy of it: ${names}.`,
    ),
    say(
      kept,
      (names) =>
        `The fix changed what git does not look at; it stays so, and is as at the baseline in ${aside}: ${names}.`,
    ),
    say(without(other, kept), (names) => `The fix changed what git does not look at; it stays so: ${names}.`),
    say(
      touched,
      (names) =>
        `The fix changed the repository inside ${names}: that is not measured, not committed and not taken back.`,
    ),
  ].flat();
  for (const text of told) world.notify({ kind: 'note', text });
  return told;
}

const without = (all: readonly string[], some: readonly string[]) => all.filter((path) => !some.includes(path));

const say = (paths: readonly string[], sentence: (names: string) => string): string[] =>
  paths.length === 0 ? [] : [sentence(listed(paths))];

/** The folder of the frozen copy; null where there is none, or something wrote into it. */
async function soundCopy({ repo, world, state }: Run): Promise<string | null> {
  const setup = { repo, folder: armsFolder(world.env, repo.project, state.run) };
  const frozen = wholeCopy(setup);
  if (frozen === null || (await touchedFrozen(setup, frozen)) !== undefined) return null;
  return frozen.dir;
}
