import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import { makeDir, remove, temporaryDir } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { layFolderOf } from '../../git/lay-folder.ts';
import { mergeBase, openRepo, type Repo, resolveCommit } from '../../git/repo.ts';
import { discover } from '../discover/discover.ts';
import { type KeptHook, keepHooks } from '../store/own-files.ts';
import { layArms } from './arms.ts';
import { causesOf } from './cause.ts';
import { changesOf } from './changes.ts';
import { contest, type Rules } from './contest.ts';
import { moved } from './moved.ts';
import { type Comparison, resultOf } from './result.ts';

/** Two revisions, and a folder of plugins in the repository, relative to `cwd`. `base`: `A...B` means their merge base. */
export type Asked = { base: string; head: string; plugins: string; rules: Rules };

/**
 * Compares the hooks of plugins in two commits. Both versions run alternately. The hooks run in the work tree, but do not change it.
 * @throws not_a_repository, unknown_revision, no_plugins, no_cage, hook_input_invalid, room_lost, instrument_broken, interrupted
 */
export async function compareCommits({ base, head, plugins, rules }: Asked, world: World): Promise<Comparison> {
  const repo = await openRepo(world.cwd);
  const folder = relative(repo.root, resolve(repo.project, plugins));
  if (/^\.\.(\/|$)|^\//.test(folder)) throw failure('no_plugins', { folder: plugins, exists: false });
  const commits = { base: await commitOf(repo, base), head: await resolveCommit(repo, head) };
  const scratch = temporaryDir(tmpdir(), 'perf-gate-sentinel-');
  try {
    const before = await hooksAt(commits.base, { repo, folder, scratch, name: 'base' }, world);
    const after = await hooksAt(commits.head, { repo, folder, scratch, name: 'head' }, world);
    if (!before && !after)
      throw failure('no_plugins', { folder: plugins, exists: existsSync(join(repo.root, folder)) });
    const [old, now] = [before ?? [], after ?? []];
    const changes = changesOf(old, now);
    const objects = objectsIn(scratch);
    const seed = `ci ${commits.base} ${commits.head} ${world.clock.now()}`;
    const contestants = { base: old, current: now, changes, laid: layArms(changes, objects, scratch), stored: null };
    const contested = await withMeasurementLock(world, 'sentinel ci', () => contest(contestants, rules, seed, world));
    return resultOf({
      baseline: { name: base, timestamp: null },
      current: { name: head, timestamp: world.clock.now() },
      contestants,
      contested,
      causes: await causesOf(changes, contested, { objects, scratch }),
      rules,
      seed,
    });
  } finally {
    remove(scratch);
  }
}

function commitOf(repo: Repo, revision: string): Promise<string> {
  const [, a, b] = /^(.*)\.\.\.(.*)$/.exec(revision) ?? [];
  return a === undefined || b === undefined ? resolveCommit(repo, revision) : mergeBase(repo, a || 'HEAD', b || 'HEAD');
}

const objectsIn = (scratch: string) => join(scratch, 'objects');

type At = { repo: Repo; folder: string; scratch: string; name: string };

/**
 * The hooks of the plugins in a commit. A hook has the same paths in both commits. Undefined if the commit does not contain the folder of
 * plugins.
 */
async function hooksAt(
  commit: string,
  { repo, folder, scratch, name }: At,
  { cwd, env }: World,
): Promise<KeptHook[] | undefined> {
  const laid = join(scratch, name);
  if (!(await layFolderOf(repo, { commit, folder }, laid))) return undefined;
  const { hooks } = discover({ cwd, env, plugins: laid });
  const kept = await keepHooks(hooks, objectsIn(scratch), { project: cwd, home: env.HOME ?? homedir() });
  const common = join(scratch, 'plugins');
  makeDir(common);
  return kept.map((one) => moved(one, laid, common));
}
