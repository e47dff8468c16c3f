import { count } from '../core/text.ts';
import { accept } from '../git/accept.ts';
import { changes } from '../git/changes.ts';
import { modesOf } from '../git/modes.ts';
import { revert } from '../git/revert.ts';
import { workTree } from '../git/snapshot.ts';
import { undoCommits } from '../git/undo.ts';
import type { AttemptRecord, FixData } from '../record/data.ts';
import { effects, type FactsOf } from '../record/effects.ts';
import { attemptNumber, attemptsOf } from '../record/history.ts';
import { settingsLeft } from '../record/seal.ts';
import { lastStep, type Outcome, type Run } from '../record/state.ts';
import { commitMessage } from '../report/commit-message.ts';
import { branchOf, mustStand } from './work-tree.ts';

type Effect<Name extends 'commit' | 'revert'> = (run: Run, outcome: Outcome) => Promise<FactsOf<Name>>;

/** Commits the open attempt to the run's branch. */
const commit: Effect<'commit'> = async (run, outcome) => {
  const { state, repo } = run;
  const attempt = attemptNumber(state);
  const { data } = lastStep(state, 'fix')!;
  const record = attemptsOf(state).find((a) => a.attempt === attempt) ?? (outcome.data as AttemptRecord);
  return run.effect('commit', effects.commit.key(attempt), async () => {
    const meanwhile = await doneMeanwhile(run, data);
    const made = await accept(repo, {
      branch: branchOf(run),
      tip: data.commits?.found ?? data.tip,
      base: data.base.tree,
      attempt: data.snapshot.tree,
      message: commitMessage(state, record),
    });
    return {
      commit: made.commit,
      ...(made.commit ? { tip: made.commit } : {}),
      base: data.snapshot,
      told: [
        made.commit
          ? `Committed as \`${made.commit.slice(0, 12)}\` on ${branchOf(run) ?? 'the detached HEAD'}; no hooks were run, and the commit is not signed.`
          : 'The change is kept in the work tree. There is nothing to commit, because only untracked files were changed.',
        ...made.left_in_index.map(
          (p) => `${p}: you had staged another version of this file, so perf-gate did not change git’s index.`,
        ),
        ...made.not_committed.map(
          (p) => `${p} was untracked before the run: it stays in the work tree and is not committed.`,
        ),
        ...meanwhile.edited.map(
          (p) =>
            `${p} was changed after the measurement: the measured version is accepted, and your file stays as it is.`,
        ),
        ...meanwhile.putBack.map(
          (p) =>
            `${p} was ${PUT_BACK} after the measurement: the measured version is accepted, and your file stays as it is.`,
        ),
        ...(await settingsLeft(run)),
      ],
    };
  });
};

/** Reverts the open attempt, path by path. The attempt's snapshot stays under its git ref. */
const takeBack: Effect<'revert'> = async (run) => {
  const { state, repo } = run;
  const { data } = lastStep(state, 'fix')!;
  return run.effect('revert', effects.revert.key(attemptNumber(state)), async () => {
    if (!data.commits) await mustStand(run, data.tip);
    const meanwhile = await doneMeanwhile(run, data);
    const inverse = data.commits
      ? await undoCommits(repo, { branch: branchOf(run), tip: data.tip, found: data.commits.found })
      : null;
    const { restored, removed, left } = await revert(repo, {
      base: data.base.tree,
      attempt: data.snapshot.tree,
      tip: inverse?.commit ?? data.tip,
      modes: await modesOf(repo, data.base.commit),
    });
    return {
      ...(inverse ? { tip: inverse.commit } : {}),
      restored,
      removed,
      left,
      told: [
        `Reverted: ${count(restored.length + removed.length, 'path')} restored. The attempt is kept as \`${data.ref}\`.`,
        ...(inverse
          ? [`Commits made during the fix were undone by the inverse commit \`${inverse.commit.slice(0, 12)}\`.`]
          : []),
        ...left.map((p) => `${p} was changed after the measurement, so perf-gate did not revert it.`),
        ...meanwhile.putBack.map(
          (p) => `${p} was ${PUT_BACK} by another person or process, before perf-gate reverted it.`,
        ),
        ...(await settingsLeft(run)),
      ],
    };
  });
};

const PUT_BACK = 'restored (by a stash or a checkout)';

/**
 * The attempt's files that other people edited, or restored to the base, since the attempt was submitted. Also prints a note for each file.
 */
async function doneMeanwhile({ repo, world }: Run, { base, snapshot, changes: own }: FixData) {
  const now = await workTree(repo, snapshot.commit);
  const ours = new Set(own.map(({ path }) => path));
  const moved = (await changes(repo, snapshot.tree, now)).map(({ path }) => path).filter((path) => ours.has(path));
  const fromBase = new Set((await changes(repo, base.tree, now)).map(({ path }) => path));
  const found = { edited: moved.filter((p) => fromBase.has(p)), putBack: moved.filter((p) => !fromBase.has(p)) };
  const lines = [
    ...found.edited.map((p) => `${p} was changed while perf-gate was working, and stays as it is.`),
    ...found.putBack.map((p) => `${p} was ${PUT_BACK} while perf-gate was working, and stays as it is.`),
  ];
  for (const text of lines) world.notify({ kind: 'note', text });
  return found;
}

/** The functions that commit or revert the open attempt in a transition. A workflow selects one of them by `do: commit` or `do: revert`. */
export const attemptEffects = { commit, revert: takeBack };
