import { join } from 'node:path';
import { redactor } from '../artifact/redact.ts';
import { samplesFile } from '../artifact/samples.ts';
import { matchesProtected } from '../contract/protects.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { requireSecrets } from '../contract/secrets.ts';
import { writeDurable } from '../core/fs.ts';
import type { World } from '../core/world.ts';
import { isUnprepared, makeArm, mustBeReady, runInArm } from '../experiment/arms.ts';
import { type Contested, contest, unmeasured } from '../experiment/contest.ts';
import type { Gate } from '../experiment/judged-session.ts';
import type { Ground } from '../experiment/setup.ts';
import { passingPlace } from '../experiment/temporary-arms.ts';
import { changes, reversed } from '../git/changes.ts';
import { leadsOf } from '../git/links.ts';
import { findCommit, type Repo, resolveCommit, treeOf } from '../git/repo.ts';
import { treeWith } from '../git/temporary-index.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import { type Baseline, baselineOf, cautions, mustFit } from './saved-baseline.ts';

/** The verdict on two commits. */
export type Comparison = Contested & {
  base: string;
  head: string;
  /** Protected files that differ; both arms were measured with those of the base. */
  protected_from_base: string[];
  /** What weakens it besides what the sessions say of themselves. */
  cautions: string[];
  /** The samples of the head, to be compared with later; null where a run failed. */
  baseline: Baseline | null;
};

type Given = { base: string | Baseline; head: string; contract: Contract };

/**
 * Judges two commits: clean trees outside the project, made runnable by `setup`, measured by the engine of a run. A base that was
 * saved earlier is not measured again: then the two were not measured in turn, and `cautions` says so. Throws `unknown_revision`,
 * `baseline_of_other_contract`, `instrument_changed`, and what a session may throw.
 */
export async function compare(repo: Repo, world: World, given: Given): Promise<Comparison> {
  const saved = typeof given.base === 'string' ? null : given.base;
  const contract: Contract = { ...given.contract, isolation: 'worktree', order: saved ? 'sequential' : 'interleaved' };
  const instrument = await findInstrument(world.env);
  if (saved) mustFit(saved, given.contract, instrument.method);
  const base = saved ? saved.commit : await resolveCommit(repo, given.base as string);
  const head = await resolveCommit(repo, given.head);
  const known = saved ? await findCommit(repo, base) : base;
  const { tree, kept } = known
    ? await withProtectedOf(repo, { base: known, head, patterns: contract.guards.protected })
    : { tree: await treeOf(repo, head), kept: [] };
  const { dir: place, leave } = passingPlace(world.env, 'compare');
  const redact = redactor(requireSecrets(repo.project, contract.secrets_file), world.env);
  const samples = join(place, 'samples');
  const ground: Ground = { repo, world, contract, instrument, redact, place, samples, seed: `${base}..${head}` };
  try {
    const contested = await measure(ground, saved ?? (await treeOf(repo, base)), tree);
    return {
      ...contested,
      base,
      head,
      protected_from_base: kept,
      cautions: saved ? cautions(saved, { environment: contested.environment, commitIsHere: known !== undefined }) : [],
      baseline: baselineOf({ ground, contract: given.contract, commit: head, contested }),
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
  const { prefix } = repo;
  const inProject = (path: string) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []);
  const differing = (await changes(repo, base, head)).filter((c) => c.path.startsWith(prefix));
  // As in a run: what a protected link leads to is protected with it.
  const isProtected = (path: string) => matchesProtected(inProject(path), patterns).length > 0;
  const all = [...patterns, ...(await leadsOf(repo, base, isProtected)).flatMap(inProject)];
  const kept = new Set(
    matchesProtected(
      differing.flatMap((c) => inProject(c.path)),
      all,
    ),
  );
  const back = differing.filter((c) => kept.has(c.path.slice(prefix.length))).map(reversed);
  return {
    tree: back.length > 0 ? await treeWith(repo, head, back) : await treeOf(repo, head),
    kept: [...kept].sort(),
  };
}

/** `base` is a tree, or what was measured of one. */
async function measure(ground: Ground, base: string | Baseline, headTree: string): Promise<Contested> {
  const { correctness } = ground.contract.guards;
  const tried = await makeArm(ground, 'b', { frozen: null, tree: headTree });
  const failed = isUnprepared(tried)
    ? tried
    : correctness
      ? await runInArm(ground, tried, 'correctness', correctness)
      : undefined;
  if (failed)
    return unmeasured(ground, {
      code: `${failed.what}_failed`,
      text: `\`${failed.command}\` failed on the head (${failed.reason})`,
    });
  const arm = async (name: 'a' | 'b', tree: string) => mustBeReady(await makeArm(ground, name, { frozen: null, tree }));
  return contest(ground, {
    base: { what: 'repro on the base', command: ground.contract.repro.script },
    async arms(session) {
      const [baseDir, headDir] = session === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
      const baseArm = typeof base === 'string' ? await arm(baseDir, base) : null;
      return { base: baseArm, candidate: await arm(headDir, headTree) };
    },
    ...(typeof base === 'string' ? {} : { baseFrom: given(ground, base) }),
  });
}

/**
 * Lays the saved samples where a session looks for those of an arm that it does not measure, under a name of their own: with the
 * name of the session they would be taken for its own.
 */
function given(ground: Ground, { rows }: Baseline): NonNullable<Gate['baseFrom']> {
  const session = 'saved';
  const text = rows.map((row) => `${JSON.stringify({ ...row, session })}\n`).join('');
  writeDurable(samplesFile(ground.samples, session), text);
  return { session, arm: 'candidate' };
}
