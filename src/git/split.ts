import { failure } from '../core/errors.ts';
import { changes } from './changes.ts';
import { branchRef, isCommit, writeCommit } from './commit.ts';
import { git, type Place } from './git.ts';
import { readRef, swapRef } from './refs.ts';
import { treeWith } from './temporary-index.ts';

/** An accepted commit and the branch that it shall have for itself. */
export type Part = { commit: string; branch: string };

export type Split = {
  /** The branches, each one commit on top of the base. */
  made: { branch: string; commit: string }[];
  /** Commits that touch a path which another one touches too, or which differs from the base: no branch of their own. */
  overlapping: string[];
};

/**
 * Makes one branch per accepted commit, each from `base`, as far as they do not overlap. Nothing is checked out. Throws
 * `branch_exists` before any branch is made.
 */
export async function splitBranches(
  repo: Place,
  { base, parts }: { base: string; parts: readonly Part[] },
): Promise<Split> {
  const touched = await Promise.all(parts.map((part) => changes(repo, `${part.commit}^`, part.commit)));
  const changedSince = await Promise.all(parts.map((part) => changes(repo, base, `${part.commit}^`)));
  const stands = (i: number) => {
    const others = new Set(touched.flatMap((list, j) => (j === i ? [] : list.map((change) => change.path))));
    for (const change of changedSince[i]!) others.add(change.path);
    return touched[i]!.every((change) => !others.has(change.path));
  };
  const planned = await Promise.all(
    parts.map(async (part, i) => ({ part, plan: stands(i) ? await onBase(repo, base, part, touched[i]!) : undefined })),
  );
  const split: Split = { made: [], overlapping: [] };
  for (const { part, plan } of planned) {
    if (!plan) split.overlapping.push(part.commit);
    else split.made.push({ branch: part.branch, commit: await makeBranch(repo, part.branch, plan) });
  }
  return split;
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
