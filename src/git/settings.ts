import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileHash, sha256 } from '../core/hash.ts';
import { fields, git, type Place, tryGit } from './git.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Keys of git's configuration that affect neither the content of files nor the programs that git runs on them. */
const harmless = /^(user|author|committer|branch|remote|color|gui)\./;

/**
 * The settings outside the tree that affect git. Each key is the name of a setting, and each value is the SHA-256 of its content. The
 * settings are the keys of the effective configuration (with includes), attributes, ignore rules, grafts, hooks, replaced objects, and
 * files that the index hides from git. These settings decide what a checkout writes and what a commit contains, but they are themselves
 * part of no commit.
 */
export async function gitSettings(repo: Place, env: Env): Promise<Record<string, string>> {
  const common = resolve(repo.root, (await git(repo, ['rev-parse', '--git-common-dir'])).trim());
  const [config, files, replaced, marked] = await Promise.all([
    configuration(repo),
    settingFiles(repo, env, common),
    git(repo, ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/replace/']),
    markedFiles(repo),
  ]);
  return {
    ...config,
    ...files,
    ...(replaced === '' ? {} : { 'replaced objects': sha256(replaced) }),
    ...Object.fromEntries(marked.map((path) => [`the index hides ${path}`, sha256(path)])),
  };
}

type Kind = 'added' | 'changed' | 'removed';

/**
 * How to restore a setting. The first entry applies whose `begins` is the beginning of the setting's name. The last entry has an empty
 * `begins`, and applies to the keys of git's configuration.
 */
const waysBack: readonly (readonly [begins: string, way: (rest: string, kind: Kind) => string])[] = [
  ['hooks/', (name, kind) => ofFile(`.git/hooks/${name}`, kind)],
  ['info/', (name, kind) => ofFile(`.git/info/${name}`, kind)],
  ['replaced objects', () => 'list the replaced objects with `git replace -l`, and delete them with `git replace -d`'],
  ['the index hides ', (path) => `run \`git update-index --no-assume-unchanged --no-skip-worktree -- ${path}\``],
  ['the file of ', (key, kind) => ofFile(`the file whose path \`git config ${key}\` prints`, kind)],
  ['', (key, kind) => ofKey(key, kind)],
];

const ofFile = (file: string, kind: Kind) => (kind === 'added' ? `remove ${file}` : `restore the content of ${file}`);

const ofKey = (key: string, kind: Kind) =>
  kind === 'added' ? `run \`git config --unset-all ${key}\`` : `restore its value with \`git config ${key} VALUE\``;

/** How to restore a setting (see `gitSettings`) to its recorded state, such as `remove .git/hooks/pre-commit`. */
export function wayBack({ path, kind }: { path: string; kind: Kind }): string {
  const [begins, way] = waysBack.find(([start]) => path.startsWith(start))!;
  return way(path.slice(begins.length), kind);
}

async function configuration(repo: Place): Promise<Record<string, string>> {
  const values = new Map<string, string[]>();
  for (const entry of fields(await git(repo, ['config', '--list', '-z', '--includes']))) {
    const end = entry.indexOf('\n');
    const key = end < 0 ? entry : entry.slice(0, end);
    if (!harmless.test(key)) values.set(key, [...(values.get(key) ?? []), entry.slice(key.length)]);
  }
  return Object.fromEntries([...values].map(([key, all]) => [key, sha256(all.join('\0'))]));
}

async function settingFiles(repo: Place, env: Env, common: string): Promise<Record<string, string>> {
  const own = ['attributes', 'exclude', 'grafts', 'sparse-checkout'].map((name) => `info/${name}`);
  const hooks = join(common, 'hooks');
  const scripts = existsSync(hooks) ? readdirSync(hooks).filter((name) => !name.endsWith('.sample')) : [];
  const named = [...own, ...scripts.map((name) => `hooks/${name}`)].map((name) => [name, join(common, name)] as const);
  const hashed = [...named, ...(await filesOfUser(repo, env))].map(([name, path]) => [name, fileHash(path)] as const);
  return Object.fromEntries(hashed.filter((entry): entry is [string, string] => entry[1] !== null));
}

const ofUser = { 'core.attributesFile': 'attributes', 'core.excludesFile': 'ignore' } as const;

/** The user's git files that apply to all repositories. Their paths come from git's configuration, or are git's default paths. */
async function filesOfUser(repo: Place, env: Env): Promise<[name: string, path: string][]> {
  const keys = '^core\\.(attributesfile|excludesfile)$';
  const asked = await tryGit(repo, ['config', '-z', '--includes', '--type=path', '--get-regexp', keys]);
  const said = new Map(fields(asked.stdout).map((entry) => [entry.split('\n')[0]!, entry.replace(/^.*\n/, '')]));
  const usual = join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'git');
  return Object.entries(ofUser).map(([key, name]) => {
    const path = said.get(key.toLowerCase());
    return [`the file of ${key}`, path === undefined ? join(usual, name) : resolve(repo.root, path)];
  });
}

/** Tracked files that `git ls-files -v` marks as assumed unchanged (a lower-case letter) or as excluded from the work tree (S). */
export async function markedFiles(repo: Place): Promise<string[]> {
  const listed = fields(await git(repo, ['ls-files', '-v', '-z']));
  return listed.filter((line) => /^([a-z]|S) /.test(line)).map((line) => line.slice(2));
}
