import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { sweepTemporary } from '../core/temporary-files.ts';
import { type Change, changes } from './changes.ts';
import { branchRef, isCommit, mayTakeStep, takeStep, writeCommit } from './commit.ts';
import { git, type Place } from './git.ts';
import { moveEntries, treeWith } from './index-files.ts';
import { readRef, swapRef } from './refs.ts';
import { treeOf } from './repo.ts';
import { pathState } from './work-tree.ts';

/** A file to commit. `path` is relative to git's top level. */
type ArtifactFile = { path: string; content: string };

/** The last commit of a run, which adds `files` to `branch`. `tip`: the branch's present commit. */
type LastCommit = {
  branch: string | null;
  tip: string;
  files: readonly ArtifactFile[];
  message: string;
  sign?: boolean;
};

/**
 * Makes the last commit of a run, signed if `sign` is set. The commit adds files to the branch, even ignored ones. Each file is also
 * written to the work tree if its path is free. `left`: paths that already had other content on disk or in the index. That content stays. A
 * repeated call changes nothing.
 * @throws path_outside
 * @throws branch_changed
 * @throws branch_moved
 */
export async function commitArtifacts(repo: Place, last: LastCommit): Promise<{ commit: string; left: string[] }> {
  const { branch, tip, files, message, sign = false } = last;
  const tree = await treeOfLast(repo, last);
  const commit = tree === null ? tip : await takeStep(repo, { branch, tip, tree, message, sign });
  const left = new Set(await moveEntries(repo, tip, await changes(repo, tip, commit)));
  for (const file of files) if (!writeIfAbsent(repo.root, file)) left.add(file.path);
  return { commit, left: [...left].sort() };
}

/** Throws the error with which `commitArtifacts` would refuse. Changes no ref, index or file. */
export async function mayCommitArtifacts(repo: Place, last: LastCommit): Promise<void> {
  const { branch, tip, message } = last;
  const tree = await treeOfLast(repo, last);
  if (tree !== null) await mayTakeStep(repo, { branch, tip, tree, message });
}

/** The tree of the run's last commit. Null if the tip already contains the files. */
async function treeOfLast(repo: Place, { tip, files }: LastCommit): Promise<string | null> {
  for (const { path } of files) if (!isProper(path)) throw failure('path_outside', { path });
  const tree = await treeWith(repo, tip, await Promise.all(files.map((file) => asEntry(repo, file))));
  return tree === (await treeOf(repo, tip)) ? null : tree;
}

function isProper(path: string): boolean {
  const names = path.split('/');
  return (
    posix.normalize(path) === path && !names.some((name) => ['', '.', '..'].includes(name) || /^\.git$/i.test(name))
  );
}

/** Writes a file's content as a blob, through the git filters of the file's path. */
async function asEntry(repo: Place, { path, content }: ArtifactFile): Promise<Change> {
  const args = ['hash-object', '-w', '--stdin', `--path=${path}`];
  const blob = (await git(repo, args, { input: content })).trim();
  const nothing = { mode_from: '000000', blob_from: '0'.repeat(blob.length) };
  return { path, status: 'added', ...nothing, mode_to: '100644', blob_to: blob, submodule: false };
}

function writeIfAbsent(root: string, { path, content }: ArtifactFile): boolean {
  const found = pathState(root, path);
  sweepTemporary(dirname(join(root, path)));
  if (found === 'absent') writeDurable(join(root, path), content);
  return found === 'absent' || (found === 'file' && readFileSync(join(root, path), 'utf8') === content);
}

/** An accepted commit, and the name of a new branch for this commit alone. */
type Part = { commit: string; branch: string };

export type Split = {
  /** The new branches. Each new branch has one commit on top of the base. */
  made: { branch: string; commit: string }[];
  /** Commits that get no branch, because they touch a path that another commit also touches, or that has changed since the base. */
  overlapping: string[];
};

type Parts = { base: string; parts: readonly Part[] };

/**
 * Makes a branch from `base` for each accepted commit that does not overlap with another accepted commit. Checks nothing out.
 * @throws branch_exists: before any branch is made
 */
export async function splitBranches(repo: Place, whole: Parts): Promise<Split> {
  const split: Split = { made: [], overlapping: [] };
  for (const { part, plan } of await planned(repo, whole)) {
    if (!plan) split.overlapping.push(part.commit);
    else split.made.push({ branch: part.branch, commit: await makeBranch(repo, part.branch, plan) });
  }
  return split;
}

/** Throws the error with which `splitBranches` would refuse. Changes no ref. */
export async function maySplit(repo: Place, whole: Parts): Promise<void> {
  await planned(repo, whole);
}

/**
 * Each accepted commit with the planned commit of its new branch. The planned commit is undefined if the accepted commit overlaps with
 * another accepted commit.
 */
async function planned(repo: Place, { base, parts }: Parts): Promise<{ part: Part; plan: Plan | undefined }[]> {
  const touched = await Promise.all(parts.map((part) => changes(repo, `${part.commit}^`, part.commit)));
  const changedSince = await Promise.all(parts.map((part) => changes(repo, base, `${part.commit}^`)));
  const stands = (i: number) => {
    const others = new Set(touched.flatMap((list, j) => (j === i ? [] : list.map((change) => change.path))));
    for (const change of changedSince[i]!) others.add(change.path);
    return touched[i]!.every((change) => !others.has(change.path));
  };
  return Promise.all(
    parts.map(async (part, i) => ({ part, plan: stands(i) ? await onBase(repo, base, part, touched[i]!) : undefined })),
  );
}

type Plan = { tree: string; parents: string[]; message: string };

async function onBase(repo: Place, base: string, part: Part, touched: Parameters<typeof treeWith>[2]): Promise<Plan> {
  const message = await git(repo, ['log', '-1', '--format=%B', '--end-of-options', part.commit]);
  const plan = { tree: await treeWith(repo, base, touched), parents: [base], message: `${message.trimEnd()}\n` };
  const existing = await readRef(repo, branchRef(part.branch));
  if (existing && !(await isCommit(repo, existing, plan))) throw failure('branch_exists', { branch: part.branch });
  return plan;
}

async function makeBranch(repo: Place, branch: string, plan: Plan): Promise<string> {
  const existing = await readRef(repo, branchRef(branch));
  if (existing) return existing;
  const commit = await writeCommit(repo, plan);
  if (!(await swapRef(repo, branchRef(branch), commit, null))) throw failure('branch_exists', { branch });
  return commit;
}
