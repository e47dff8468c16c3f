import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type Apart, type ApartKind, apartKinds } from './apart.ts';
import { blobId } from './blob-id.ts';
import { inClone } from './clone-of.ts';
import { type Entry, entriesOf } from './copy-tree.ts';
import { fields, git, type Place } from './git.ts';
import { withOwnIndex } from './index-files.ts';
import { GITLINK, nestedRepositories } from './nested.ts';

const MOST_NAMES = 10;
/** The number of files that are compared before each pause. During the pause, the event loop handles signals and progress. */
const AT_ONCE = 100;

/**
 * The folder `dir` is compared with a fresh clone of the commit `committed`. `measured`: the tree from which the folder was made. `own`:
 * untracked paths that the attempt changed.
 */
type Asked = { dir: string; committed: string; measured: string; own?: readonly string[] };

/** The differences between the folder and the clone, in the order of `apartKinds`. Empty if both have the same files. */
export async function apartFromClone(repo: Place, asked: Asked): Promise<Apart[]> {
  const { dir, committed, measured, own = [] } = asked;
  const clone = await listed(repo, committed);
  const made = committed === measured ? clone : await listed(repo, measured);
  const found = await entriesOf(dir, (path) => /(^|\/)\.(git|perf-gate)$/.test(path));
  const inRepositories = await nestedRepositories(repo, { ignored: true });
  const isOwn = new Set(own);
  const below = folderOfNoClone(clone);
  const extra = found
    .filter(({ path, kind }) => kind !== 'folder' && !clone.has(path))
    .map(({ path }): Named => {
      const submodule = above(path).find((folder) => clone.get(folder)?.mode === GITLINK);
      if (submodule) return ['submodule', submodule];
      if (isOwn.has(path)) return ['untracked_changed', path];
      if (made.has(path)) return ['untracked', path];
      const nested = inRepositories.find((folder) => path.startsWith(folder));
      return nested ? ['repository', nested] : ['ignored', below(path)];
    });
  return grouped([...extra, ...(await differing(repo, asked, { clone, made, found }))]);
}

type Named = [ApartKind, string];
type Listed = ReadonlyMap<string, { mode: string; blob: string }>;

async function differing(
  repo: Place,
  { dir, committed }: Asked,
  { clone, made, found }: { clone: Listed; made: Listed; found: readonly Entry[] },
): Promise<Named[]> {
  const present = new Map(found.map((entry) => [entry.path, entry]));
  const named: Named[] = [];
  const unlike: string[] = [];
  // files in `.perf-gate` are not compared, because a copy of the project leaves them out
  const files = [...clone].filter(([path, { mode }]) => mode !== GITLINK && !path.split('/').includes('.perf-gate'));
  for (const [i, [path, { mode, blob }]] of files.entries()) {
    if (i % AT_ONCE === 0) await turn();
    const entry = present.get(path);
    const kind = mode === '120000' ? 'link' : 'file';
    if (entry?.kind !== kind) named.push(['missing', path]);
    else if (made.get(path)?.blob !== blob) named.push(['edited', path]);
    else if (kind === 'file' && (mode === '100755') !== ((entry.stat.mode & 0o100) !== 0)) named.push(['bytes', path]);
    else if (blobId(join(dir, path), kind, blob) !== blob)
      kind === 'link' ? named.push(['bytes', path]) : unlike.push(path);
  }
  const filters = await filtersOf(repo, committed, [...clone.keys()]);
  const lfs = new Set([...filters].filter(([, name]) => name === 'lfs').map(([path]) => path));
  const asked = unlike.filter((path) => !lfs.has(path));
  const other =
    asked.length === 0
      ? []
      : await inClone(repo, { tree: committed, paths: asked }, ({ isSame }) =>
          asked.filter((path) => !isSame(path, join(dir, path))),
        );
  return [
    ...named,
    ...[...lfs].map((path): Named => ['lfs', path]),
    ...other.map((path): Named => [filters.has(path) ? 'filter' : 'bytes', path]),
  ];
}

async function listed(repo: Place, tree: string): Promise<Listed> {
  // Replaced objects (`git replace`) are not part of a clone.
  const lines = fields(await git(repo, ['--no-replace-objects', 'ls-tree', '-r', '-z', '--full-tree', tree]));
  return new Map(
    lines.flatMap((line) => {
      const [, mode, blob, path] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
      return mode && blob && path ? [[path, { mode, blob }]] : [];
    }),
  );
}

/**
 * The git filters of the paths, such as `lfs`. Paths without a filter are left out. A filter can be set by the attribute files of the tree
 * or by local settings.
 */
async function filtersOf(repo: Place, tree: string, paths: readonly string[]): Promise<Map<string, string>> {
  return withOwnIndex(async (index) => {
    await git(repo, ['read-tree', tree], { env: index });
    const args = ['check-attr', '--cached', '-z', '--stdin', 'filter'];
    const all = fields(await git(repo, args, { env: index, input: paths.map((path) => `${path}\0`).join('') }));
    const found = new Map<string, string>();
    for (let i = 0; i + 2 < all.length; i += 3)
      if (!['unspecified', 'unset', 'set'].includes(all[i + 2]!)) found.set(all[i]!, all[i + 2]!);
    return found;
  });
}

/** `a/b/c.txt` lies in `a` and `a/b`. */
function above(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
}

/**
 * Returns a function that maps a path to its outermost parent folder that the clone lacks, such as `node_modules/`. If the clone has all
 * parent folders, the function returns the path itself.
 */
function folderOfNoClone(clone: Listed): (path: string) => string {
  const folders = new Set([...clone.keys()].flatMap(above));
  return (path) => {
    const own = above(path).find((folder) => !folders.has(folder));
    return own === undefined ? path : `${own}/`;
  };
}

function grouped(named: readonly Named[]): Apart[] {
  return apartKinds.flatMap((what) => {
    const paths = named.filter(([kind]) => kind === what).map(([, path]) => path);
    if (paths.length === 0) return [];
    return [{ what, paths: [...new Set(paths)].sort().slice(0, MOST_NAMES), count: paths.length }];
  });
}
