import { redactData } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { type SuitePart, wholeSuite } from '../contract/suite-part.ts';
import type { World } from '../core/world.ts';
import { isUnprepared, makeArm, mustBeReady, preparationFailed } from '../experiment/arms.ts';
import { closedArms, isClosed, leaveRooms } from '../experiment/closed-arms.ts';
import type { Reason } from '../experiment/judged.ts';
import { type RepoSetup, temporarySetup } from '../experiment/setup.ts';
import { type MeasuredSuite, measureSuite, type Suspects } from '../experiment/suite.ts';
import { type Repo, resolveCommit, treeOf } from '../git/repo.ts';
import { touchedLines } from '../git/touched-lines.ts';
import { contractInForce } from '../record/comparison.ts';
import { type SuiteComparison, suiteVerdict } from '../record/suite.ts';
import { commitOf, withProtectedOf } from './commits.ts';
import type { Kept } from './keep.ts';
import { keepSuite } from './keep-suite.ts';
import { readyHead } from './ready-head.ts';
import { type Sight, sightOf } from './suite-sight.ts';
import { suspectsIn } from './suspects.ts';
import { namingUntracked, withUntracked } from './untracked.ts';

/** The comparison of a suite, its record, and the samples by which each benchmark was judged. */
export type ComparedSuite = { comparison: SuiteComparison; kept: Kept; values: MeasuredSuite['values'] };

/**
 * Compares two commits by all benchmarks of a suite, in one session, for which each arm is prepared once. Guards and protected files work
 * as in the comparison of a single benchmark. If a benchmark exists in only one commit, the result lists this benchmark without a
 * judgement. Writes a record to the project. `part`: the part of the suite to measure and judge. Default: the whole suite.
 * @throws unknown_revision; command_failed: a benchmark fails on the base; the errors of a session
 */
export async function compareSuite(
  repo: Repo,
  world: World,
  asked: {
    base: string;
    head: string;
    contract: Contract;
    confirmOn?: string | undefined;
    part?: SuitePart | undefined;
  },
): Promise<ComparedSuite> {
  const started_at = world.clock.now();
  const part = asked.part ?? wholeSuite;
  const contract = contractInForce({ of: 'commits', against: null, contract: asked.contract });
  const [base, head] = [await commitOf(repo, asked.base), await resolveCommit(repo, asked.head)];
  const patterns = contract.guards.protected;
  const { tree, replaced } = await withProtectedOf(repo, { base, head, patterns });
  const laid = await withUntracked(repo, { base: await treeOf(repo, base), head: tree }, patterns);
  const suspects = await suspectsIn(repo, contract, { ...laid, committed: await treeOf(repo, head) });
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'compare', `${base}..${head}`);
  try {
    const trees = { base: { tree: laid.base, commit: base }, head: { tree: laid.head, commit: head } };
    const sight = sightOf(setup, await touchedLines(repo, laid.base, laid.head), part);
    const measuring = () => measure(setup, trees, { suspects, part, tryOut: sight.tryOut });
    const { experiment, values } = await namingUntracked(repo, contract, measuring);
    const comparison: SuiteComparison = {
      base,
      head,
      names: { base: asked.base, head: asked.head },
      protected_from_base: replaced,
      laid_over: laid.paths,
      verdict: suiteVerdict(experiment),
      ...experiment,
      benchmarks: experiment.benchmarks.map((one) => ({ ...one, unseen: sight.unseenBy(one.name) })),
      contract: asked.contract,
      contract_hash: hashContract(redactData(asked.contract, setup.redact)),
      ...(asked.confirmOn === undefined ? {} : { confirm_on: asked.confirmOn }),
      ...(asked.part === undefined ? {} : { part }),
      started_at,
      finished_at: world.clock.now(),
    };
    return { comparison, kept: keepSuite(repo.project, comparison, setup), values };
  } finally {
    leave();
  }
}

type Source = { tree: string; commit: string };

async function measure(
  setup: RepoSetup,
  { base, head }: { base: Source; head: Source },
  { tryOut, ...of }: { suspects: Suspects; part: SuitePart; tryOut: Sight['tryOut'] },
): Promise<MeasuredSuite> {
  const ready = await readyHead(setup, { frozen: null, ...head }, tryOut);
  if (ready && isUnprepared(ready)) return nothing(setup, preparationFailed(ready, 'head'));
  const source = (arm: 'base' | 'candidate') =>
    arm === 'base'
      ? { name: 'a' as const, from: { frozen: null, ...base } }
      : { name: 'b' as const, from: { frozen: null, ...head } };
  if (ready && !isClosed(setup.contract, 'screen')) {
    const { name, from } = source('base');
    return measureSuite(setup, { base: mustBeReady(await makeArm(setup, name, from)), candidate: ready }, of);
  }
  const made = await closedArms(setup, 'screen', source);
  if ('code' in made) return nothing(setup, made);
  try {
    return await measureSuite(setup, made.arms, of);
  } finally {
    leaveRooms(made.arms);
  }
}

/** The result if the head could not be prepared: nothing is measured. */
const nothing = ({ contract, instrument }: RepoSetup, broken: Reason): MeasuredSuite => ({
  experiment: {
    broken,
    benchmarks: [],
    added: [],
    removed: [],
    geometric_mean: null,
    looks: [],
    alpha: contract.significance.alpha,
    samples: {},
    executions: 0,
    method: instrument.method,
    environment: null,
  },
  values: [],
});
