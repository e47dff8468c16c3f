import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStarted } from '../artifact/journal.ts';
import { keepOutOfGit, refuseLinks } from '../artifact/own-folders.ts';
import { runId, runPaths, slug } from '../artifact/paths.ts';
import { redactData, redactor } from '../artifact/redact.ts';
import { hashContract } from '../contract/seal.ts';
import { readSecrets } from '../contract/secrets.ts';
import { failure } from '../core/errors.ts';
import { makeDir, remove } from '../core/fs.ts';
import { takeLock } from '../core/lock.ts';
import { freeBranch, startBranch } from '../git/branch.ts';
import { commitDirty } from '../git/dirty-base.ts';
import { deleteRefs, listRefs, projectTrailer } from '../git/refs.ts';
import { dirtyFiles, head, operationInProgress, type Repo } from '../git/repo.ts';
import { snapshot } from '../git/snapshot.ts';
import { effects } from '../record/effects.ts';
import { MACHINE_VERSION } from '../record/first-record.ts';
import { hasContract } from '../record/history.ts';
import { activeElsewhere, activeRun, nextNumber, unbegunRuns } from '../record/runs.ts';
import { stageFacts } from '../record/stages.ts';
import type { Beginning, RunOptions, RunWorld } from '../record/state.ts';
import { loadWorkflow } from '../record/workflow.ts';
import { recon } from '../scoping/recon/recon.ts';
import { contractOutcome, repoContext } from '../stages/contract-outcome.ts';
import { approvalMark } from './approval.ts';
import { approve } from './approve.ts';
import { type Consent, recordedConsent } from './consent.ts';
import { conclude } from './engine.ts';
import { letAgentScope } from './headless.ts';
import { type OpenRun, openNew } from './open-run.ts';
import type { RunLock } from './run-lock.ts';

/**
 * Checks that a run can begin in the repository, before perf-gate asks or writes anything.
 * @throws run_active, other_project_active, git_operation_in_progress, branch_exists, dirty_tree
 */
export async function mayStart(repo: Repo, options: Pick<RunOptions, 'include_dirty' | 'no_branch'>): Promise<void> {
  refuseLinks(repo.project);
  const active = activeRun(repo.project);
  if (active) throw failure('run_active', active);
  const elsewhere = await activeElsewhere(repo);
  if (elsewhere) throw failure('other_project_active', elsewhere);
  const operation = operationInProgress(repo);
  if (operation) throw failure('git_operation_in_progress', { operation });
  if (!options.no_branch) await freeBranch(repo, 'perf-gate/run');
  loadWorkflow(repo.project);
  if (options.include_dirty) return;
  const files = await dirtyFiles(repo);
  if (files.length > 0) throw failure('dirty_tree', { files });
}

/** `consent`: the approval of the contract with which the run begins. Null if the approval comes later. */
export type Request = {
  task: string;
  options: RunOptions;
  beginning: Omit<Beginning, 'approval'> | null;
  consent: Consent | null;
};

/**
 * Begins a run: takes the snapshot of the base, writes the first record of the journal, and makes the branch. If the request has a
 * contract, this contract has passed its pre-flight. It is recorded and, without a consent, waits for approval.
 */
export async function startRun(repo: Repo, world: RunWorld, lock: RunLock, request: Request): Promise<OpenRun> {
  const opened = await oneAtATime(repo, () => beginRun(repo, world, lock, request));
  if (!request.beginning) await letAgentScope(opened.run);
  await completeStart(opened);
  return opened;
}

/** The file that locks the whole work tree. Only the beginning of a run takes this lock. All other work locks one project. */
export const startLock = ({ gitDir }: Pick<Repo, 'gitDir'>) => join(gitDir, 'perf-gate.lock');

/**
 * Begins a run while no other run can begin in the work tree. The lock of a project is not enough, because one work tree can hold two
 * projects.
 */
async function oneAtATime<T>(repo: Repo, begin: () => Promise<T>): Promise<T> {
  const lock = takeLock(startLock(repo), 'start');
  if ('heldBy' in lock) throw failure('run_locked', lock.heldBy);
  try {
    const elsewhere = await activeElsewhere(repo);
    if (elsewhere) throw failure('other_project_active', elsewhere);
    return await begin();
  } finally {
    lock.release();
  }
}

async function beginRun(
  repo: Repo,
  world: RunWorld,
  lock: RunLock,
  { options, beginning, consent, ...asked }: Request,
): Promise<OpenRun> {
  // The task appears in the run's id, branch and commits, so secrets are removed from it.
  const task = redactor(readSecrets(repo.project, beginning?.contract.secrets_file), world.env)(asked.task);
  const workflow = loadWorkflow(repo.project);
  await sweepStarts(repo);
  const id = await freeId(repo, world.clock.now(), task);
  const before = await head(repo);
  // if the branch of an earlier run with the same task exists, the new branch gets a number
  const branch = options.no_branch ? null : await freeBranch(repo, `perf-gate/${slug(task)}`);

  keepOutOfGit(repo.project);
  makeDir(runPaths(repo.project, id).dir);
  const base = await snapshot(repo, {
    ref: `refs/perf-gate/${id}/base`,
    message: `perf-gate: base of ${id}\n\n${projectTrailer(repo.prefix)}\n`,
    parent: before.commit,
  });
  const entry: RunStarted = {
    type: 'run_started',
    nth: nextNumber(repo.project),
    machine_version: MACHINE_VERSION,
    run: id,
    task,
    workflow: workflow.definition,
    options,
    git: { original_branch: before.branch, original_commit: before.commit, branch, base },
    beginning: beginning && sealed(beginning, { repo, world, state: { run: id } }, consent),
  };
  return openNew(repo, world, lock, { workflow, entry });
}

/**
 * The steps of a start after the journal's first line. If a start was killed, the next command completes these steps, unless the run has
 * ended.
 */
export async function completeStart(opened: OpenRun): Promise<void> {
  const { run } = opened;
  if (run.state.ended) return;
  await ensureBranch(opened);
  const { beginning, started_at } = run.state;
  if (!beginning) return;
  if (!hasContract(run.state)) {
    const repo_context = repoContext(recon(run.repo.project));
    const place = { project: run.repo.project, contract_file: run.state.options.contract_file };
    const outcome = await contractOutcome({ ...beginning, repo_context }, place, null);
    await conclude(opened, outcome, started_at);
  }
  const { stage, steps } = run.state;
  const fresh = stageFacts(stage).asksApproval && steps.every((s) => s.stage === stage);
  const recorded = fresh ? recordedConsent(run) : null;
  if (recorded) await approve(opened, recorded);
}

function sealed(
  beginning: Omit<Beginning, 'approval'>,
  run: Parameters<typeof approvalMark>[0],
  consent: Consent | null,
): Beginning {
  const secrets = readSecrets(run.repo.project, beginning.contract.secrets_file);
  const safe = redactData(beginning, redactor(secrets, run.world.env));
  return { ...safe, approval: consent ? approvalMark(run, hashContract(safe.contract)) : null };
}

/**
 * Creates the run's branch and checks it out, unless this was done already. With `--include-dirty`, the first commit holds the uncommitted
 * changes.
 */
async function ensureBranch({ run }: OpenRun): Promise<void> {
  const { git, options } = run.state;
  await run.effect('branch', effects.branch.key(), async () => {
    const from = { branch: git.original_branch, commit: git.original_commit };
    if (git.branch) await startBranch(run.repo, { run: run.state.run, branch: git.branch, from });
    const branch = git.branch ?? git.original_branch;
    const tip = options.include_dirty
      ? await commitDirty(run.repo, { run: run.state.run, branch, tip: git.original_commit })
      : git.original_commit;
    return { tip };
  });
}

/** Removes the folders without a journal and the base snapshots that killed starts left behind. */
async function sweepStarts(repo: Repo): Promise<void> {
  for (const id of unbegunRuns(repo.project)) {
    await deleteRefs(repo, id);
    remove(runPaths(repo.project, id).dir);
  }
}

/** A run id that neither the project nor the git refs contain. The refs are checked because all work trees of a repository share them. */
async function freeId(repo: Repo, now: string, task: string): Promise<string> {
  const first = runId(now, task);
  const isTaken = async (id: string) =>
    existsSync(runPaths(repo.project, id).dir) || Object.keys(await listRefs(repo, id)).length > 0;
  let id = first;
  for (let n = 2; await isTaken(id); n++) id = `${first}-${n}`;
  return id;
}
