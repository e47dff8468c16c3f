import { redactData } from '../artifact/redact.ts';
import { samplesFile } from '../artifact/samples.ts';
import { matchesProtected } from '../contract/protects.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import type { World } from '../core/world.ts';
import {
  isUnprepared,
  type Made,
  makeArm,
  mustBeReady,
  preparationFailed,
  type Unprepared,
} from '../experiment/arms.ts';
import { caveatsOfArms, watchingArms } from '../experiment/caveats/by-arms.ts';
import { alone, closedArms, isClosed } from '../experiment/closed-arms.ts';
import { type Experiment, judgeArms, judgeUnmeasured, type TwoArms } from '../experiment/experiment.ts';
import { codeToSee, type Unseen, unseenChange } from '../experiment/sees-change.ts';
import { type RepoSetup, temporarySetup } from '../experiment/setup.ts';
import type { Apart } from '../git/apart.ts';
import { apartFromClone } from '../git/apart-from-clone.ts';
import { changes, changesInProject, patch, reversed } from '../git/changes.ts';
import { treeWith } from '../git/index-files.ts';
import { leadsOf } from '../git/links.ts';
import { findCommit, mergeBase, type Repo, resolveCommit, treeOf } from '../git/repo.ts';
import { touchedLines } from '../git/touched-lines.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import { type Comparison, contractInForce } from '../record/comparison.ts';
import { unseenText } from '../report/unseen.ts';
import { type Kept, keepComparison } from './keep.ts';
import { readyHead } from './ready-head.ts';
import { type Base, type Baseline, baselineOf, cautions, mustFit } from './saved-baseline.ts';
import { namingUntracked, untrackedIn, withUntracked } from './untracked.ts';

/**
 * A comparison of two commits, and its record. `baseline`: the samples of the head, which a later comparison can use as its base. Null if
 * an execution failed.
 */
export type ComparedCommits = { comparison: Comparison; kept: Kept; baseline: Baseline | null };

/**
 * `saved`: the samples of the base, if they were measured earlier and saved in a file. `base`: a revision, or the name of this file.
 * Samples of another tool have no commit, so the file's name is used instead of a commit. `sealed`: protected patterns in addition to the
 * contract's. `benchmark`: the tree that provides the protected files of both commits; default: the base. `confirmOn`: the class of hosts
 * that must confirm the verdict.
 */
export type Revisions = {
  base: string;
  saved: Base | null;
  head: string;
  contract: Contract;
  sealed?: readonly string[];
  benchmark?: string;
  confirmOn?: string;
};

/**
 * Compares two commits as a run compares an attempt with its base: in clean copies outside the project. The contract's `setup` prepares
 * these copies. A saved base is not measured again. Base and head are then not executed in turn, and `cautions` reports this fact. Writes a
 * record to the project.
 * @throws unknown_revision, baseline_of_other_contract, instrument_changed, and the errors of a session
 */
export async function compareCommits(repo: Repo, world: World, asked: Revisions): Promise<ComparedCommits> {
  const started_at = world.clock.now();
  const { saved } = asked;
  const against = saved ? asked.base : null;
  const contract = contractInForce({ of: 'commits', against, contract: asked.contract });
  if (saved) mustFit(saved, asked.contract, (await findInstrument(world.env)).method);
  const base = saved ? (saved.commit ?? asked.base) : await commitOf(repo, asked.base);
  const head = await resolveCommit(repo, asked.head);
  const known = saved ? saved.commit && (await findCommit(repo, saved.commit)) : base;
  const patterns = [...contract.guards.protected, ...(asked.sealed ?? [])];
  const benchmark = asked.benchmark ?? known;
  const measuredOf = async (commit: string) =>
    benchmark
      ? withProtectedOf(repo, { base: benchmark, head: commit, patterns })
      : { tree: await treeOf(repo, commit), replaced: [] };
  const { tree, replaced } = await measuredOf(head);
  const trees = { base: known ? (await measuredOf(known)).tree : tree, head: tree };
  const laid = await withUntracked(repo, trees, patterns);
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'compare', `${base}..${head}`);
  try {
    const measured = saved ?? { tree: laid.base, commit: base };
    let notInAClone: Apart[] = [];
    let unseen: Unseen[] | null = null;
    const code = known ? codeToSee(contract, await touchedLines(repo, laid.base, laid.head)) : [];
    const seeing = async (arm: Made) => {
      unseen = await unseenChange(setup, arm, code);
      if (unseen)
        world.notify({ kind: 'note', text: `Before the measurement: ${unseenText(['the benchmark'], unseen)}.` });
    };
    const look = async (dir: string) => {
      notInAClone = await apartFromClone(repo, { dir, committed: laid.head, measured: laid.head });
    };
    const measuring = () =>
      measure(setup, measured, { tree: laid.head, commit: head, look, tryOut: code.length > 0 ? seeing : null });
    const experiment = await namingUntracked(repo, contract, measuring);
    const { environment } = experiment;
    const comparison: Comparison = {
      of: 'commits',
      base,
      head,
      names: { base: asked.base, head: asked.head },
      against,
      protected_from_base: replaced,
      ...experiment,
      cautions: [
        ...(saved ? cautions(saved, { environment, commitIsHere: Boolean(known) }) : []),
        ...(laid.paths.length > 0 ? [{ code: 'laid_over' as const, paths: laid.paths }] : []),
        ...unseenCaution(unseen),
        ...notInAClone.map((apart) => ({ code: 'not_in_a_clone' as const, ...apart })),
      ],
      contract: asked.contract,
      contract_hash: hashContract(redactData(asked.contract, setup.redact)),
      ...(asked.confirmOn === undefined ? {} : { confirm_on: asked.confirmOn }),
      started_at,
      finished_at: world.clock.now(),
    };
    return {
      comparison,
      kept: keepComparison(repo.project, comparison, setup),
      baseline: baselineOf({ setup, contract: asked.contract, commit: head, experiment }),
    };
  } finally {
    leave();
  }
}

/** The commit of a revision; for `A...B`, this is the merge base. */
export function commitOf(repo: Repo, revision: string): Promise<string> {
  const [, a, b] = /^(.*)\.\.\.(.*)$/.exec(revision) ?? [];
  return a === undefined || b === undefined ? resolveCommit(repo, revision) : mergeBase(repo, a || 'HEAD', b || 'HEAD');
}

/**
 * The head's tree, in which protected files are replaced by those of the base, because a change must not replace the benchmark that judges
 * the change. `replaced`: these files.
 */
export async function withProtectedOf(
  repo: Repo,
  { base, head, patterns }: { base: string; head: string; patterns: string[] },
): Promise<{ tree: string; replaced: string[] }> {
  const differing = await changes(repo, base, head);
  const inProject = (path: string) => changesInProject(repo, [{ path }]).map((change) => change.path);
  // As in a run, the target of a protected link is protected too.
  const isProtected = (path: string) => matchesProtected(inProject(path), patterns).length > 0;
  const all = [...patterns, ...(await leadsOf(repo, base, isProtected)).flatMap(inProject)];
  const changed = differing.flatMap((change) => inProject(change.path));
  const replaced = new Set(matchesProtected(changed, all));
  const back = differing.filter((change) => inProject(change.path).some((path) => replaced.has(path))).map(reversed);
  return {
    tree: back.length > 0 ? await treeWith(repo, head, back) : await treeOf(repo, head),
    replaced: [...replaced].sort(),
  };
}

/** The source of an arm: the tree to measure, and the commit that git shows as HEAD in the arm. */
type Source = { tree: string; commit: string };

const unseenCaution = (files: Unseen[] | null) => (files ? [{ code: 'unseen' as const, files }] : []);

/** `base`: a tree to measure, or saved samples. `tryOut` runs the head's repro once, untimed. */
async function measure(
  setup: RepoSetup,
  base: Source | Base,
  {
    look,
    tryOut,
    ...head
  }: Source & {
    look(dir: string): Promise<void>;
    tryOut: ((arm: Made) => Promise<void>) | null;
  },
): Promise<Experiment> {
  const ready = await readyHead(setup, { frozen: null, ...head, look }, tryOut);
  if (ready && isUnprepared(ready)) return unprepared(setup, ready);
  return watchingArms(async ({ arms, watch, leave }) => {
    const arm = async (name: 'a' | 'b', of: Source) => mustBeReady(await makeArm(setup, name, { frozen: null, ...of }));
    const judged = await judgeArms(setup, {
      base: { what: 'repro on the base', command: setup.contract.repro.script },
      async arms(session) {
        const [baseDir, headDir] = session === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
        leave();
        if (!('tree' in base)) {
          if (session === 'screen' && ready) return watch({ arms: { base: null, candidate: ready } });
          return watch(await alone(setup, session, { name: headDir, from: { frozen: null, ...head } }));
        }
        if (session === 'screen' && ready && !isClosed(setup.contract, session))
          return watch({ arms: { base: await arm(baseDir, base), candidate: ready } });
        const made = await closedArms(setup, session, (of) => {
          const [name, from] = of === 'base' ? [baseDir, base] : [headDir, head];
          return { name, from: { frozen: null, ...from } };
        });
        return 'code' in made ? made : watch(made);
      },
      ...('tree' in base ? {} : { baseFrom: savedSamples(setup, base) }),
    });
    if (judged.verdict !== 'accepted' || !('tree' in base)) return judged;
    const changed = await changes(setup.repo, base.tree, head.tree);
    const accepted = { changed, patch: () => patch(setup.repo, base.tree, head.tree), primary: judged.primary };
    return { ...judged, told: [...judged.told, ...(await caveatsOfArms(setup, arms, accepted))] };
  });
}

/**
 * Writes the saved samples to a folder. A session that measures only the head reads the samples of the base from this folder. The folder
 * stores them under the session name `saved`, so that the measuring session does not mistake them for its own samples.
 */
function savedSamples(setup: RepoSetup, { rows, method }: Base): NonNullable<TwoArms['baseFrom']> {
  const session = 'saved';
  // Samples of another tool have no method such as `native`. They get the method of the session, because all samples of a session need the
  // same method. A caution in the result says that these samples are less comparable.
  const by = method === null ? { method: setup.instrument.method } : {};
  const text = rows.map((row) => `${JSON.stringify({ ...row, ...by, session })}\n`).join('');
  writeDurable(samplesFile(setup.samples, session), text);
  return { session, arm: 'candidate' };
}

/**
 * The judgement of a head whose preparation failed.
 * @throws untracked_needed: the command names a file that is in neither commit
 */
async function unprepared(setup: RepoSetup, failed: Unprepared): Promise<Experiment> {
  const { what, command, reason, output } = failed;
  const { message } = failure('command_failed', { what, command, reason, output });
  const untracked = await untrackedIn(setup.repo, setup.contract, message);
  if (untracked) throw untracked;
  return judgeUnmeasured(setup, preparationFailed(failed, 'head'));
}
