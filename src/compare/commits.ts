import { samplesFile } from '../artifact/samples.ts';
import { matchesProtected } from '../contract/protects.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { writeDurable } from '../core/fs.ts';
import type { World } from '../core/world.ts';
import { isUnprepared, makeArm, mustBeReady, preparationFailed, runInArm } from '../experiment/arms.ts';
import { type Experiment, judgeArms, judgeUnmeasured, type TwoArms } from '../experiment/experiment.ts';
import { type RepoSetup, temporarySetup } from '../experiment/setup.ts';
import { changes, changesInProject, reversed } from '../git/changes.ts';
import { treeWith } from '../git/index-files.ts';
import { leadsOf } from '../git/links.ts';
import { findCommit, type Repo, resolveCommit, treeOf } from '../git/repo.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import { type Baseline, baselineOf, cautions, mustFit } from './saved-baseline.ts';

/** The verdict on two commits. */
export type Comparison = Experiment & {
  base: string;
  head: string;
  /** Protected files that differ; both arms were measured with those of the base. */
  protected_from_base: string[];
  /** What weakens it besides what the sessions say of themselves. */
  cautions: string[];
  /** The samples of the head, to be compared with later; null where a run failed. */
  baseline: Baseline | null;
};

type Revisions = { base: string | Baseline; head: string; contract: Contract };

/**
 * Judges two commits: clean trees outside the project, made runnable by `setup`, measured by the engine of a run. A base that was
 * saved earlier is not measured again: then the two were not measured in turn, and `cautions` says so. Throws `unknown_revision`,
 * `baseline_of_other_contract`, `instrument_changed`, and what a session may throw.
 */
export async function compare(repo: Repo, world: World, asked: Revisions): Promise<Comparison> {
  const saved = typeof asked.base === 'string' ? null : asked.base;
  const contract: Contract = { ...asked.contract, isolation: 'worktree', order: saved ? 'sequential' : 'interleaved' };
  if (saved) mustFit(saved, asked.contract, (await findInstrument(world.env)).method);
  const base = saved ? saved.commit : await resolveCommit(repo, asked.base as string);
  const head = await resolveCommit(repo, asked.head);
  const known = saved ? await findCommit(repo, base) : base;
  const { tree, kept } = known
    ? await withProtectedOf(repo, { base: known, head, patterns: contract.guards.protected })
    : { tree: await treeOf(repo, head), kept: [] };
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'compare', `${base}..${head}`);
  try {
    const experiment = await measure(setup, saved ?? (await treeOf(repo, base)), tree);
    return {
      ...experiment,
      base,
      head,
      protected_from_base: kept,
      cautions: saved
        ? cautions(saved, { environment: experiment.environment, commitIsHere: known !== undefined })
        : [],
      baseline: baselineOf({ setup, contract: asked.contract, commit: head, experiment }),
    };
  } finally {
    leave();
  }
}

/** The head's tree with the base's protected files: a change may not bring the benchmark that judges it. */
async function withProtectedOf(
  repo: Repo,
  { base, head, patterns }: { base: string; head: string; patterns: string[] },
): Promise<{ tree: string; kept: string[] }> {
  const differing = await changes(repo, base, head);
  const inProject = (path: string) => changesInProject(repo, [{ path }]).map((change) => change.path);
  // As in a run: what a protected link leads to is protected with it.
  const isProtected = (path: string) => matchesProtected(inProject(path), patterns).length > 0;
  const all = [...patterns, ...(await leadsOf(repo, base, isProtected)).flatMap(inProject)];
  const changed = differing.flatMap((change) => inProject(change.path));
  const kept = new Set(matchesProtected(changed, all));
  const back = differing.filter((change) => inProject(change.path).some((path) => kept.has(path))).map(reversed);
  return {
    tree: back.length > 0 ? await treeWith(repo, head, back) : await treeOf(repo, head),
    kept: [...kept].sort(),
  };
}

/** `base` is a tree, or what was measured of one. */
async function measure(setup: RepoSetup, base: string | Baseline, headTree: string): Promise<Experiment> {
  const { correctness } = setup.contract.guards;
  const tried = await makeArm(setup, 'b', { frozen: null, tree: headTree });
  const failed = isUnprepared(tried)
    ? tried
    : correctness
      ? await runInArm(setup, tried, 'correctness', correctness)
      : undefined;
  if (failed) return judgeUnmeasured(setup, preparationFailed(failed, 'head'));
  const arm = async (name: 'a' | 'b', tree: string) => mustBeReady(await makeArm(setup, name, { frozen: null, tree }));
  return judgeArms(setup, {
    base: { what: 'repro on the base', command: setup.contract.repro.script },
    async arms(session) {
      const [baseDir, headDir] = session === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
      const baseArm = typeof base === 'string' ? await arm(baseDir, base) : null;
      return { base: baseArm, candidate: await arm(headDir, headTree) };
    },
    ...(typeof base === 'string' ? {} : { baseFrom: savedSamples(setup, base) }),
  });
}

/**
 * Lays the saved samples where a session looks for those of an arm that it does not measure, under a name of their own: with the
 * name of the session they would be taken for its own.
 */
function savedSamples(setup: RepoSetup, { rows }: Baseline): NonNullable<TwoArms['baseFrom']> {
  const session = 'saved';
  const text = rows.map((row) => `${JSON.stringify({ ...row, session })}\n`).join('');
  writeDurable(samplesFile(setup.samples, session), text);
  return { session, arm: 'candidate' };
}
