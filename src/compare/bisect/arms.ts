import { isUnprepared, type Made, makeArm, type Unprepared } from '../../experiment/arms.ts';
import type { RepoSetup } from '../../experiment/setup.ts';
import type { Repo } from '../../git/repo.ts';
import { withProtectedOf } from '../commits.ts';

/** Folder names of the arms of a round. All names have the same length, because the length of a path can change what is measured. */
const names = ['a', 'b', 'c'] as const;

/** The prepared arms of the commits in the current round. Commits have numbers: the good commit is 0, its successor is 1. */
export type Arms = {
  /**
   * Returns the arms of these commits, or the first commit that cannot be prepared. Reuses the folders of commits that are not in the
   * round.
   */
  of(at: readonly number[]): Promise<Made[] | { at: number; failed: Unprepared }>;
  /** Commits whose arms have already been executed. Their arms need no warm-up. */
  warm: Set<number>;
};

/**
 * `line`: the ids of the commits, from the good one to the bad one. All commits are measured with the protected files of the tree
 * `benchmark`.
 */
export function armsOf(repo: Repo, setup: RepoSetup, line: readonly string[], benchmark: string): Arms {
  const made = new Map<number, { name: (typeof names)[number]; arm: Made }>();
  const warm = new Set<number>();

  async function treeOfCommit(commit: string): Promise<string> {
    const patterns = setup.contract.guards.protected;
    return (await withProtectedOf(repo, { base: benchmark, head: commit, patterns })).tree;
  }

  async function prepared(at: number): Promise<Unprepared | null> {
    const used = [...made.values()].map(({ name }) => name);
    const name = names.find((one) => !used.includes(one))!;
    const commit = line[at]!;
    const arm = await makeArm(setup, name, { frozen: null, tree: await treeOfCommit(commit), commit });
    if (isUnprepared(arm)) return arm;
    made.set(at, { name, arm });
    warm.delete(at);
    return null;
  }

  return {
    warm,
    async of(at) {
      for (const other of [...made.keys()]) if (!at.includes(other)) made.delete(other);
      for (const one of at) {
        const failed = made.has(one) ? null : await prepared(one);
        if (failed) return { at: one, failed };
      }
      return at.map((one) => made.get(one)!.arm);
    },
  };
}
