import { redactor } from '../../artifact/redact.ts';
import { compareCommits } from '../../compare/commits.ts';
import { askingNoWorse } from '../../compare/no-worse.ts';
import { parseContract } from '../../contract/parse.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { readSecrets } from '../../contract/secrets.ts';
import { aloneOf, isSuite } from '../../contract/suite.ts';
import { isFailure } from '../../core/errors.ts';
import { realInside } from '../../core/locate.ts';
import { readUserText } from '../../core/user-file.ts';
import type { World } from '../../core/world.ts';
import { deciding } from '../../experiment/verdict.ts';
import { tryGit } from '../../git/git.ts';
import { openRepo, type Repo } from '../../git/repo.ts';
import type { Comparison } from '../../record/comparison.ts';
import { caseId, isWorse } from '../analytics/bench-cases.ts';
import { historyAt, isOf, linesIn } from '../analytics/benchmarks.ts';
import type { Attempt, Case, Proof } from '../analytics/cases.ts';
import { measuredBy } from '../analytics/measured-by.ts';
import { benchmarkIn } from '../analytics/suite-series.ts';
import type { Around } from './around.ts';

/**
 * Measures the two commits between which a benchmark got worse, alternating between the two. The margin (the least slowdown that counts) is
 * half of the suspected shift, so that the measurement can both confirm and refute the slowdown. The measurement uses only the contract
 * that measured the series, so that it executes no other commands.
 */
export async function byCommits(one: Case, { db, world }: Around): Promise<Attempt> {
  const history = await historyAt(world);
  const line = linesIn(db, '', history)
    .filter(isOf(history))
    .filter(isWorse)
    .find((found) => caseId(found) === one.id);
  if (!line) return { state: 'left', code: 'not_here' };
  const { file } = line;
  if (file === null) return { state: 'left', code: 'command' };
  const repo = await repoOf(world, line.project);
  const { from, to } = line.worse;
  const contract = repo && (await contractOf(repo, { from, name: line.name, contract: line.contract, file }, world));
  if (!contract) return { state: 'left', code: 'no_contract' };
  const asked = askingNoWorse(contract, Math.min(50, one.shift_pct / 2), file);
  const { comparison } = await compareCommits(repo, world, { base: from, saved: null, head: to, contract: asked });
  if (!comparison.primary) return { state: 'left', code: 'not_measured' };
  return { state: 'measured', proof: proofOf(comparison, comparison.primary) };
}

/** The folder of the repository where the series was measured. */
async function repoOf({ cwd }: World, project: string): Promise<Repo | null> {
  const folder = realInside((await openRepo(cwd)).root, project.slice(project.indexOf(' ') + 1) || '.');
  return folder === undefined ? null : openRepo(folder);
}

/**
 * The contract that measured the series, read from the older commit or else from the present file. Null if neither contains this contract.
 */
async function contractOf(
  repo: Repo,
  series: { from: string; file: string; name: string; contract: string },
  { env }: World,
): Promise<Contract | null> {
  const committed = await tryGit(repo, ['cat-file', 'blob', `${series.from}:${repo.prefix}${series.file}`]);
  const here = realInside(repo.project, series.file);
  const texts = [
    ...(committed.exitCode === 0 ? [committed.stdout] : []),
    ...(here === undefined ? [] : [readUserText(here)]),
  ];
  for (const text of texts) {
    const whole = contractIn(text, series.file);
    const contract = whole && isSuite(whole) ? aloneOf(whole, benchmarkIn(series.name)) : whole;
    if (!contract) continue;
    const redact = redactor(readSecrets(repo.project, contract.secrets_file), env);
    if (measuredBy(contract, redact) === series.contract) return contract;
  }
  return null;
}

/** Parses a contract; null if the contract is invalid. */
function contractIn(text: string, file: string): Contract | null {
  try {
    return parseContract(text, file);
  } catch (error) {
    if (isFailure(error, 'contract_invalid')) return null;
    throw error;
  }
}

/**
 * The proof that follows from a comparison. If the comparison rejects the change, but for a reason other than the metric, the proof is
 * undecided.
 */
function proofOf({ verdict, sessions }: Comparison, primary: NonNullable<Comparison['primary']>): Proof {
  const isWorse = verdict === 'rejected' && deciding(sessions)?.judgement?.below_threshold === true;
  const [low, high] = primary.ci95_pct ?? [null, null];
  const slower = (improvement: number | null) => (improvement === null ? null : -improvement);
  return {
    answer: isWorse ? 'regressed' : verdict === 'accepted' ? 'held' : 'undecided',
    estimate_pct: slower(primary.improvement_pct) ?? 0,
    ci_pct: [slower(high), slower(low)],
  };
}
