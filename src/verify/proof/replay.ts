import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareCommits, type Revisions } from '../../compare/commits.ts';
import { machineDiffers } from '../../compare/saved-baseline.ts';
import { compareSuite } from '../../compare/suite.ts';
import { checkContract } from '../../contract/parse.ts';
import { isSuite } from '../../contract/suite.ts';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { findCommit, openRepo, type Repo } from '../../git/repo.ts';
import type { Environment } from '../../measure/environment/environment.ts';
import type { Note } from '../finding.ts';
import type { Claim } from './claim.ts';
import type { Proof } from './form.ts';
import { comparisonPart, suitePart, type Unsealed } from './make.ts';
import type { Summary } from './summary.ts';
import { type OneVerdict, verdictOf, verdictOfSuite } from './verdicts.ts';

/**
 * The verdict of a further measurement, and the proof with this measurement added. The proof is null if the record of the measurement could
 * not be stored.
 */
export type Replayed = { verdict: OneVerdict; problem: string | null; proof: Unsealed | null; notes: Note[] };

/**
 * Finds the project of a proof in this clone. The project can be a folder of the repository. @throws usage: this clone lacks the project's
 * folder; and git's errors
 */
export async function projectOf({ evidence: { folder } }: Proof, cwd: string): Promise<Repo> {
  const { root } = await openRepo(cwd);
  if (existsSync(join(root, folder))) return openRepo(join(root, folder));
  throw failure('usage', {
    problem: `The project of the proof lies in ${folder}, and this repository has no such folder.`,
    hint: 'Check out a commit that has this folder, or pass another repository with --cwd.',
  });
}

/** Notes about commits of the claim that this clone does not have. */
export async function missingCommits(repo: Repo, { base, head }: Claim): Promise<Note[]> {
  const found = await Promise.all([base, head].map(async (id) => [id, await findCommit(repo, id)] as const));
  return found.flatMap(([id, commit]) => (commit ? [] : [{ code: 'commit_not_here' as const, where: id }]));
}

/**
 * Measures the two commits of a proof again, like `compare`, by the contract in the proof. This runs the contract's commands. The files
 * that the run protected by default are protected in the new measurement too. The record of the measurement is stored in the project.
 * @throws contract_invalid, and the errors of a comparison
 */
export async function replay(
  repo: Repo,
  world: World,
  { proof, claim }: { proof: Proof; claim: Claim },
): Promise<Replayed> {
  const { base, head, contract, sealed } = claim;
  checkContract(contract, 'the contract of the proof');
  const asked = { base, saved: null, head, contract, sealed };
  const { verdict, problem, part } = await (isSuite(contract) ? suiteAgain : commitsAgain)(repo, world, asked);
  const { seal: _, ...unsealed } = proof;
  const again = part === null ? null : { ...unsealed, replays: [...proof.replays, part] };
  return { verdict, problem, proof: again, notes: otherMachine(proof.summary, verdict.environment) };
}

/** The result of a further measurement. `part`: the new part of the proof, or null if the record of the comparison could not be stored. */
type Again = { verdict: OneVerdict; problem: string | null; part: Proof['replays'][number] | null };

async function commitsAgain(repo: Repo, world: World, asked: Revisions): Promise<Again> {
  const { comparison, kept } = await compareCommits(repo, world, asked);
  const part = kept.comparison === null ? null : comparisonPart(repo, kept.comparison);
  return { verdict: verdictOf(comparison, kept.comparison), problem: kept.problem, part };
}

async function suiteAgain(repo: Repo, world: World, asked: Revisions): Promise<Again> {
  const { comparison, kept } = await compareSuite(repo, world, asked);
  const part = kept.comparison === null ? null : suitePart(repo, kept.comparison);
  return { verdict: verdictOfSuite(comparison, kept.comparison), problem: kept.problem, part };
}

function otherMachine({ environments }: Summary, now: Environment | null): Note[] {
  const then = (environments.at(-1) as Environment | undefined) ?? null;
  return machineDiffers(then, now).map(({ fact, before, now }) => ({
    code: 'other_machine',
    where: `${fact} was ${before}, and here is ${now}`,
  }));
}
