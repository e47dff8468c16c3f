import { join } from 'node:path';
import { listArtifacts } from '../artifact/artifact.ts';
import { readText } from '../core/read-text.ts';
import { count } from '../core/text.ts';
import { commitArtifacts, mayCommitArtifacts, maySplit, splitBranches } from '../git/finish.ts';
import { readConfig } from '../record/config.ts';
import { allDone, effects } from '../record/effects.ts';
import { accepted, firstTip, tipOf } from '../record/history.ts';
import type { RunState } from '../record/state.ts';
import { totals } from '../report/headline.ts';
import { storyOf } from '../report/story/of-run.ts';
import { branchOf } from '../stages/work-tree.ts';
import { leaveBranch } from './leave.ts';
import type { OpenRun } from './open-run.ts';
import { publishSummary } from './publish.ts';

export type Finished = {
  run: string;
  branch: string | null;
  commit: string | null;
  branches: string[];
  told: string[];
};

/**
 * Makes the run's branch ready for review: adds one last commit with copies of the Markdown artifacts. If no change was accepted, HEAD and
 * index return to their state before the run, without touching the work tree.
 * @throws branch_changed, branch_moved
 * @throws branch_exists: a separate branch for one change cannot be created
 */
export async function finish(opened: OpenRun, how: { split: boolean; sign: boolean }): Promise<Finished> {
  const { run } = opened;
  const { state, repo } = run;
  const branch = branchOf(run);
  const kept = accepted(state).filter((a) => a.commit !== null);
  if (kept.length === 0) {
    const told = ['No change was accepted, so there is nothing to review.', ...(await leaveBranch(opened))];
    publishSummary(opened);
    return { run: state.run, branch: state.git.original_branch, commit: null, branches: [], told };
  }
  const folder = `${repo.prefix}${readConfig(repo.project).artifacts_dir}/${state.run}`;
  const names = [...listArtifacts(run.paths.dir), 'report.md'];
  const files = names.map((name) => ({
    path: `${folder}/${name}`,
    content: readText(join(run.paths.dir, name)),
  }));
  const message = `perf: the story of ${state.run}\n\nMeasured and judged by perf-gate; start with ${folder}/report.md.\n\nPerf-Gate-Run: ${state.run}\n`;
  const last = { branch, tip: tipOf(state), files, message, sign: how.sign };
  const made = await run.effect(
    'finish',
    last.tip,
    async () => {
      const done = await commitArtifacts(repo, last);
      return { ...done, tip: done.commit };
    },
    () => mayCommitArtifacts(repo, last),
  );
  const parts = kept.map((a) => ({ commit: a.commit!, branch: `${branch}-${a.attempt}` }));
  const whole = { base: firstTip(state), parts };
  const split = how.split
    ? await run.effect(
        'split',
        splitKey(state),
        () => splitBranches(repo, whole),
        () => maySplit(repo, whole),
      )
    : { made: [], overlapping: [] };
  publishSummary(opened);
  const story = await storyOf(run);
  return {
    run: state.run,
    branch,
    commit: made.commit,
    branches: split.made.map((b) => b.branch),
    told: [
      `${branch} is ready for review: ${count(kept.length, 'accepted change')}, and the story in ${folder}/.`,
      ...(story ? totals(story) : []).map(({ label, value }) => `${label}: ${value}.`),
      'The accepted commits were made without git hooks and are not signed.',
      ...split.made.map((b) => `The branch ${b.branch} holds one change and no other.`),
      ...split.overlapping.map(
        (c) => `${c.slice(0, 12)} overlaps with another change, so it has no branch of its own.`,
      ),
      ...made.left.map(
        (p) => `${p} was not overwritten: a different version of this file already exists on disk or in git’s index.`,
      ),
    ],
  };
}

/**
 * The key under which the journal records this call of `finish --split`. Each call has a new key, so that branches that the user has
 * deleted are created again.
 */
const splitKey = (state: RunState) => effects.split.key(1 + allDone(state, 'split').length);
