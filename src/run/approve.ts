import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { gitSettings } from '../git/settings.ts';
import { hasContract, scopingOf } from '../record/history.ts';
import { stageFacts } from '../record/stages.ts';
import { contractOutcome } from '../stages/contract-outcome.ts';
import { approvalMark, approvalOf } from './approval.ts';
import type { Consent } from './consent.ts';
import { conclude } from './engine.ts';
import type { OpenRun } from './open-run.ts';
import { preflight } from './preflight.ts';

/**
 * Runs the pre-flight of the contract that waits for approval, and records the result. Only a command that a person started may call this
 * function.
 * @throws nothing_to_approve, wrong_stage
 */
export async function runPreflight(opened: OpenRun): Promise<void> {
  const { state, repo, world } = opened.run;
  if (!hasContract(state)) throw failure('nothing_to_approve');
  if (!stageFacts(state.stage).asksApproval)
    throw failure('wrong_stage', { command: 'preflight', stage: state.stage, needs: 'scoping' });
  const { contract, repo_context } = scopingOf(state);
  const { preflight: checked, copies } = await preflight(repo, world, contract);
  copies.handTo(state.run);
  await conclude(
    opened,
    await contractOutcome({ contract, repo_context, preflight: checked }, placeOf(opened.run), null),
    world.clock.now(),
  );
}

/**
 * Records an approval. Seals the contract and its protected files, and lets the measurements begin. Runs the pre-flight first if the
 * contract had none yet.
 * @throws nothing_to_approve, wrong_stage
 */
export async function approve(opened: OpenRun, by: Consent): Promise<void> {
  mayApprove(opened.run);
  if (!stageFacts(opened.run.state.stage).asksApproval) return approveAgain(opened, by);
  if (scopingOf(opened.run.state).preflight === null) await runPreflight(opened);
  const { state, repo, world } = opened.run;
  const { contract, repo_context, preflight: checked } = scopingOf(state);
  const git_settings = await gitSettings(repo, world.env);
  const mark = approvalMark(opened.run, hashContract(contract));
  await conclude(
    opened,
    await contractOutcome({ contract, repo_context, preflight: checked }, placeOf(opened.run), {
      by,
      mark,
      git_settings,
    }),
    world.clock.now(),
  );
}

const placeOf = ({ repo, state }: OpenRun['run']) => ({
  project: repo.project,
  contract_file: state.options.contract_file,
});

/**
 * Checks that a contract waits for approval, before a person is asked.
 * @throws nothing_to_approve
 * @throws wrong_stage: the contract was approved already
 */
export function mayApprove(run: OpenRun['run']): void {
  if (!hasContract(run.state)) throw failure('nothing_to_approve');
  if (!stageFacts(run.state.stage).asksApproval && approvalOf(run) !== 'elsewhere')
    throw failure('wrong_stage', { command: 'approve', stage: run.state.stage, needs: 'scoping' });
}

/** Records an approval on this machine for a run that was approved on another machine. */
async function approveAgain({ run }: OpenRun, by: Consent): Promise<void> {
  await run.effect('approve', approvalMark(run, hashContract(scopingOf(run.state).contract)), async () => ({ by }));
}
