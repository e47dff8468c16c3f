import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf, runId, runPaths, slug } from '../artifact/paths.ts';
import { recon } from '../contract/recon.ts';
import type { Contract } from '../contract/schema.ts';
import { failure } from '../core/errors.ts';
import { makeDir, writeDurable } from '../core/fs.ts';
import type { World } from '../core/world.ts';
import { startBranch } from '../git/branch.ts';
import { commitDirty } from '../git/dirty-base.ts';
import { readRef } from '../git/refs.ts';
import { dirtyFiles, head, operationInProgress, type Repo } from '../git/repo.ts';
import { snapshot } from '../git/snapshot.ts';
import { repoContext, scopingOutcome } from '../stages/scoping.ts';
import type { Preflight } from '../stages/shared/data.ts';
import type { RunOptions } from '../stages/shared/run.ts';
import { conclude } from './engine.ts';
import { MACHINE_VERSION } from './fold.ts';
import { loadWorkflow } from './load.ts';
import { activeRun } from './runs.ts';
import { beginSession, type Session } from './session.ts';

/** Refuses, before anything is asked or written, a repository in which a run cannot begin. */
export async function mayStart(repo: Repo, options: Pick<RunOptions, 'include_dirty'>): Promise<void> {
  const active = activeRun(repo.project);
  if (active) throw failure('run_active', active);
  const operation = operationInProgress(repo);
  if (operation) throw failure('git_operation_in_progress', { operation });
  if (options.include_dirty) return;
  const files = await dirtyFiles(repo);
  if (files.length > 0) throw failure('dirty_tree', { files });
}

export type Beginning = { task: string; options: RunOptions; contract: Contract | null; checked: Preflight | null };

/**
 * Begins a run: the base snapshot, the first record of the journal, the branch. A contract, whose pre-flight was made before, is
 * written down and waits for approval.
 */
export async function startRun(
  repo: Repo,
  world: World,
  { task, options, contract, checked }: Beginning,
): Promise<Session> {
  const workflow = loadWorkflow(repo.project);
  const id = freeId(repo.project, world.clock.now(), task);
  const before = await head(repo);
  const branch = options.no_branch ? null : await freeBranch(repo, `perf-gate/${slug(task)}`);

  keepOutOfGit(repo.project);
  makeDir(runPaths(repo.project, id).dir);
  const base = await snapshot(repo, {
    ref: `refs/perf-gate/${id}/base`,
    message: `perf-gate: base of ${id}`,
    parent: before.commit,
  });
  const session = beginSession(repo, id, world, workflow, {
    type: 'run_started',
    machine_version: MACHINE_VERSION,
    run: id,
    task,
    workflow: workflow.definition,
    options,
    git: { original_branch: before.branch, original_commit: before.commit, branch, base },
  });
  await ensureBranch(session);
  if (contract)
    await conclude(
      session,
      scopingOutcome({
        contract,
        repo_context: repoContext(recon(repo.project)),
        preflight: checked,
        approved: null,
        sealed: {},
      }),
      session.run.state.started_at,
    );
  return session;
}

/** Makes the run's branch and switches to it, once: a run that was killed before this is completed by `resume`. */
export async function ensureBranch({ run }: Session): Promise<void> {
  const { git, options } = run.state;
  await run.effect('branch', 'start', async () => {
    const from = { branch: git.original_branch, commit: git.original_commit };
    if (git.branch) await startBranch(run.repo, { run: run.state.run, branch: git.branch, from });
    const branch = git.branch ?? git.original_branch;
    const tip = options.include_dirty
      ? await commitDirty(run.repo, { run: run.state.run, branch, tip: git.original_commit })
      : git.original_commit;
    return { tip };
  });
}

/** `.perf-gate/` keeps itself out of git: its own .gitignore, the local files, and the runs. */
function keepOutOfGit(project: string): void {
  const file = join(homeOf(project), '.gitignore');
  if (!existsSync(file)) writeDurable(file, '.gitignore\nlocal/\nruns/\n');
}

/** A task that was run before has a branch already: the next one is numbered. */
async function freeBranch(repo: Repo, name: string): Promise<string> {
  let free = name;
  for (let n = 2; await readRef(repo, `refs/heads/${free}`); n++) free = `${name}-${n}`;
  return free;
}

/** Two runs of one task in one minute get different names. */
function freeId(project: string, now: string, task: string): string {
  const first = runId(now, task);
  let id = first;
  for (let n = 2; existsSync(runPaths(project, id).dir); n++) id = `${first}-${n}`;
  return id;
}
