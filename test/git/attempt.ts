import { type Modes, modesOf } from '../../src/git/modes.ts';
import { head, openRepo, type Repo } from '../../src/git/repo.ts';
import { snapshot } from '../../src/git/snapshot.ts';
import type { TestRepository } from '../helpers/repository.ts';

/** One fix as the engine sees it: the state before, the edit, the state after. */
export type TestAttempt = {
  repo: Repo;
  branch: string | null;
  tip: string;
  base: string;
  attempt: string;
  /** Those of the base. */
  modes: Modes;
};

export async function attempted(test: TestRepository, edit: () => void, folder = ''): Promise<TestAttempt> {
  const repo = await openRepo(`${test.root}/${folder}`);
  const { commit: tip, branch } = await head(repo);
  const base = await snapshot(repo, { ref: 'refs/perf-gate/r/base', message: 'base', parent: tip });
  edit();
  const ref = 'refs/perf-gate/r/attempts/1';
  const after = await snapshot(repo, { ref, message: 'attempt 1', parent: base.commit });
  const modes = await modesOf(repo, base.commit);
  return { repo, branch, tip, base: base.commit, attempt: after.commit, modes };
}
