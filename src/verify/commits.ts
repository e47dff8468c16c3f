import { changes, isBefore } from '../git/changes.ts';
import { branchRef, commitsOfRun, readCommit } from '../git/commit.ts';
import { readRef } from '../git/refs.ts';
import { findCommit, head, isAncestor } from '../git/repo.ts';
import type { FixData } from '../record/data.ts';
import { attemptsOf, firstTip } from '../record/history.ts';
import { isStep, lastStep } from '../record/state.ts';
import { commitMessage } from '../report/commit-message.ts';
import type { EvidenceInPlace, Made } from './evidence.ts';
import { differences, type Finding, findingsOf, notCheckable } from './finding.ts';

export type CheckedCommits = { findings: Finding[]; commits: number };

/**
 * Checks that git keeps every attempt as submitted. The branch must contain every accepted change as measured, with the results in the
 * commit message.
 */
export async function checkCommits(evidence: EvidenceInPlace): Promise<CheckedCommits> {
  const { made, repo, state } = evidence;
  const findings: Finding[] = [];
  for (const { step } of made)
    if (isStep(step, 'fix') && step.result === 'done')
      findings.push(...(await checkAttempt(evidence, step.artifact ?? '', step.data)));
  const branch = state.git.branch ?? state.git.original_branch;
  const tip = (await readRef(repo, branchRef(branch))) ?? (await head(repo)).commit;
  const accepted = made.flatMap((m) => {
    const commit = m.step.effects.commit?.commit;
    return commit ? [{ ...m, commit }] : [];
  });
  for (const one of accepted) findings.push(...(await checkAccepted(evidence, { ...one, tip })));
  return { findings: [...findings, ...(await unknownCommits(evidence, tip))], commits: accepted.length };
}

async function checkAttempt({ repo }: EvidenceInPlace, artifact: string, fix: FixData): Promise<Finding[]> {
  const { ref, snapshot, base } = fix;
  const found = await readRef(repo, ref);
  if (found !== snapshot.commit) {
    const code = found ? 'ref_moved' : 'ref_missing';
    return [{ code, where: ref, expected: snapshot.commit, found: found ?? null }];
  }
  const { tree } = await readCommit(repo, found);
  const changed = (await changes(repo, base.tree, tree)).map(({ path, status }) => ({ path, status }));
  const expected = { tree, changes: changed };
  return findingsOf('attempt_differs', artifact, differences(expected, { tree: snapshot.tree, changes: fix.changes }));
}

type Accepted = Made & { commit: string; tip: string };

/**
 * Checks the commit of an accepted attempt. The commit must be on the branch, contain exactly the attempt's paths as measured, and have the
 * expected message.
 */
async function checkAccepted(
  { repo }: EvidenceInPlace,
  { before, record, step, commit, tip }: Accepted,
): Promise<Finding[]> {
  if (!(await findCommit(repo, commit)))
    return [{ code: 'commit_missing', where: commit, expected: `attempt ${record.attempt}`, found: null }];
  const findings: Finding[] = [];
  if (!(await isAncestor(repo, commit, tip)))
    findings.push({ code: 'commit_not_on_branch', where: commit, expected: `attempt ${record.attempt}`, found: tip });
  const { data: fix } = lastStep(before, 'fix')!;
  const { parents, message } = await readCommit(repo, commit);
  const parent = fix.commits?.found ?? fix.tip;
  const judged = [...attemptsOf(before), ...(isStep(step, 'verdict') ? [step.data] : [])].find(
    (a) => a.attempt === record.attempt,
  );
  if (!judged) return [...findings, notCheckable(commit, new Error('no verdict on it'))];
  findings.push(
    ...findingsOf(
      'commit_message',
      commit,
      differences(lines(commitMessage(before, judged)), lines(message), 'message'),
    ),
    ...findingsOf('commit_differs', commit, differences([parent], parents, 'parents')),
    ...(await checkPaths(repo, { fix, parent: parents[0] ?? parent, commit })),
  );
  return findings;
}

async function checkPaths(
  repo: EvidenceInPlace['repo'],
  { fix, parent, commit }: { fix: FixData; parent: string; commit: string },
): Promise<Finding[]> {
  const attempted = await changes(repo, fix.base.tree, fix.snapshot.tree);
  // Files that were untracked when the run began are measured but never committed. They stay in the work tree.
  const kept = new Set(
    (await changes(repo, fix.base.tree, parent)).filter((c) => c.status === 'deleted').map((c) => c.path),
  );
  const paths = new Set(attempted.filter((c) => !(isBefore(c) && kept.has(c.path))).map((c) => c.path));
  const missing = (await changes(repo, commit, fix.snapshot.tree)).filter((c) => paths.has(c.path));
  const surplus = (await changes(repo, parent, commit)).filter((c) => !paths.has(c.path));
  return [
    ...missing.map(
      (c): Finding => ({
        code: 'commit_differs',
        where: `${commit} ${c.path}`,
        expected: c.blob_to,
        found: c.blob_from,
      }),
    ),
    ...surplus.map(
      (c): Finding => ({
        code: 'commit_differs',
        where: `${commit} ${c.path}`,
        expected: c.blob_from,
        found: c.blob_to,
      }),
    ),
  ];
}

/** Finds commits on the branch that have the trailer of this run's attempts, but are not in the run's journal. */
async function unknownCommits({ repo, state }: EvidenceInPlace, tip: string): Promise<Finding[]> {
  // The journal can lack the line of a commit if perf-gate was interrupted.
  if (state.open_intents.some((i) => i.effect === 'commit')) return [];
  const known = new Set(attemptsOf(state).map((a) => a.commit));
  const found = await commitsOfRun(repo, { run: state.run, from: firstTip(state), to: tip });
  return found
    .filter(({ commit }) => !known.has(commit))
    .map(({ commit, attempt }) => ({
      code: 'commit_unknown',
      where: commit,
      expected: null,
      found: `attempt ${attempt}`,
    }));
}

/** Removes the final line feed that git adds to a message. */
const lines = (message: string) => message.trimEnd().split('\n');
