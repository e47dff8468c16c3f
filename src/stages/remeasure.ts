import { matchesProtected } from '../contract/protects.ts';
import { failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import {
  type From,
  type Frozen,
  frozenCopy,
  isUnprepared,
  makeArm,
  preparationFailed,
  runInArm,
  touchedFrozen,
} from '../experiment/arms.ts';
import { caveatsOfArms, type MadeArms, watchingArms } from '../experiment/caveats/by-arms.ts';
import type { Caveat } from '../experiment/caveats/caveat.ts';
import { alone, closedArms } from '../experiment/closed-arms.ts';
import { type SessionName, screenAndConfirm } from '../experiment/experiment.ts';
import type { Reason, SessionData, Sessions } from '../experiment/judged.ts';
import { looksDifferent } from '../experiment/noise.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import { judged } from '../experiment/verdict.ts';
import { treeOfCommit } from '../git/accept.ts';
import type { Apart } from '../git/apart.ts';
import { apartFromClone } from '../git/apart-from-clone.ts';
import { changes, changesInProject, patch } from '../git/changes.ts';
import { caveatsOfHistory } from '../record/caveats.ts';
import { controlOf } from '../record/control.ts';
import type { FixData, RemeasureData } from '../record/data.ts';
import { askedOf, attemptNumber, scopingOf } from '../record/history.ts';
import { attemptSession, controlSession } from '../record/planned-sessions.ts';
import { protectedOf, protectedPatterns } from '../record/protected.ts';
import { brokenSeals, brokenSettings, changeText } from '../record/seal.ts';
import { type EngineStage, lastStep, type Outcome, type Run } from '../record/state.ts';
import { sessionText } from '../report/markdown/session.ts';
import { reasonText } from '../report/reasons.ts';
import { againstItself } from './against-itself.ts';
import { elsewhere, type There } from './elsewhere.ts';
import { twiceIsAReason } from './helper-lost.ts';
import { setupOf } from './setup-of.ts';
import { treeNow } from './work-tree.ts';

/**
 * Checks the guards, then measures base and candidate in turn. The first session is the screen. If the screen passes, a confirmation from
 * scratch follows.
 */
export const remeasure: EngineStage = {
  async perform(run) {
    const { data: fix } = lastStep(run.state, 'fix')!;
    const touched = touchedProtected(run, fix) ?? (await touchedSettings(run));
    if (touched) return outcome(run, unmeasured(touched));
    const setup = await setupOf(run);
    const there = await elsewhere(run, setup);
    if (there) return outcome(run, await measureElsewhere(run, setup, fix, there));
    const frozen = await frozenCopy(setup, () => treeNow(run));
    const broken = await correctness(setup, fix, { frozen });
    if (broken) return outcome(run, unmeasured(broken, frozen));
    return outcome(run, await measure(run, setup, fix, frozen));
  },
};

/** The data of an attempt whose measurement gave no verdict. */
const unmeasured = (broken: Reason, frozen: Frozen | null = null): RemeasureData => ({
  broken,
  screen: null,
  confirmation: null,
  skipped_files: frozen?.skipped ?? [],
  told: [],
});

/** Rejects a fix that changes the benchmark, its data or its tests, before any measurement. */
function touchedProtected(run: Run, { changes }: FixData): Reason | null {
  const inProject = changesInProject(run.repo, changes).map(({ path }) => path);
  const committed = matchesProtected(inProject, protectedOf(run.state));
  const broken = brokenSeals(run);
  if (committed.length + broken.length === 0) return null;
  const { contract } = scopingOf(run.state);
  const byContract = protectedPatterns(contract, [], run.state.options.contract_file);
  const named = matchesProtected([...committed, ...broken.map(({ path }) => path)], byContract);
  const paths = [...new Set([...committed, ...broken.map(changeText)])];
  return { code: 'protected_path', paths, ...(named.length === 0 && { by_default: true }) };
}

/** Rejects a fix that changes git settings. Git settings decide the content of arms and commits, but no reviewer sees them. */
async function touchedSettings(run: Run): Promise<Reason | null> {
  const settings = await brokenSettings(run);
  return settings.length > 0 ? { code: 'git_settings_changed', settings: settings.map(({ path }) => path) } : null;
}

/** Runs the correctness command in an unmeasured arm, so that the command's files cannot help the candidate. */
async function correctness(
  setup: RepoSetup,
  fix: FixData,
  from: Pick<From, 'frozen' | 'look'>,
): Promise<Reason | null> {
  const arm = await makeArm(setup, 'b', { ...from, tree: fix.snapshot.tree });
  if (isUnprepared(arm)) return preparationFailed(arm, 'candidate');
  const { correctness: command } = setup.contract.guards;
  const failed = command ? await runInArm(setup, arm, 'correctness', command) : undefined;
  return failed ? preparationFailed(failed, 'candidate') : null;
}

/**
 * Checks an attempt on this machine, and measures it on another host. The host gets only commits, so its arms contain no ignored files. For
 * the same reason, the arm for the correctness command on this machine contains no ignored files.
 */
async function measureElsewhere(run: Run, setup: RepoSetup, fix: FixData, there: There): Promise<RemeasureData> {
  let not_in_a_clone: Apart[] | undefined;
  const look = async (dir: string) => {
    not_in_a_clone = await notInAClone(setup, fix, dir);
  };
  const broken = await correctness(setup, fix, { frozen: null, look });
  if (broken) return unmeasured(broken);
  const control = there.moved ? await controlThere(run, setup, fix, there) : undefined;
  let caveatsThere: Caveat[] = [];
  const measured = await screenAndConfirm(setup, baseCommand(setup), async (name) => {
    const ends = { base: fix.base.commit, candidate: fix.snapshot.commit };
    const result = await there.measure({ plan: planOf(run, name), kind: name, ...ends });
    if ('data' in result) caveatsThere = result.caveatsThere;
    return result;
  }).catch((error: unknown) => twiceIsAReason(run, error));
  if ('code' in measured) return { ...unmeasured(measured), control };
  const sessions = { ...measured.sessions, control };
  const told = [...measured.told, ...(await caveatsOf(run, setup, { sessions, arms: [] })), ...caveatsThere];
  return { ...sessions, skipped_files: [], not_in_a_clone, told };
}

/**
 * Makes a new host measure the base against itself, before it measures a candidate. @throws fleet_host_unfit: two sessions show a
 * difference
 */
async function controlThere(run: Run, setup: RepoSetup, fix: FixData, there: There): Promise<SessionData[]> {
  const { commit } = fix.base;
  const plan = (number: number) => ({ ...controlSession(run.state, number), label: 'baseline of another host' });
  const measured = await againstItself(setup, plan, (one) =>
    there.measure({ plan: one, kind: 'baseline', base: commit, candidate: commit }),
  );
  const control = measured.map(({ data }) => data);
  if (control.every((data) => looksDifferent(setup.contract, data)))
    throw failure('fleet_host_unfit', { host: control[0]!.host! });
  return control;
}

const baseCommand = ({ contract }: RepoSetup) => ({ what: 'repro on the base', command: contract.repro.script });

const planOf = ({ state }: Run, name: SessionName) => ({
  ...attemptSession(state, name),
  label: `attempt ${attemptNumber(state)}, ${name}`,
});

async function measure(run: Run, setup: RepoSetup, fix: FixData, frozen: Frozen | null): Promise<RemeasureData> {
  const { contract } = setup;
  let not_in_a_clone: Apart[] | undefined;
  const look = async (dir: string) => {
    not_in_a_clone = await notInAClone(setup, fix, dir);
  };
  // Only the arms of the session that can lead to `accepted` are compared with a clone, not the arms of a screen before a confirmation.
  const decidesAlone = !contract.confirm || contract.metrics.primary.deterministic;
  return watchingArms(async ({ arms, watch, leave }) => {
    const measured = await screenAndConfirm(setup, baseCommand(setup), async (name) => {
      const [baseDir, candidateDir] = name === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
      const [before, after] = [fix.base.tree, fix.snapshot.tree];
      const looks = decidesAlone || name === 'confirmation';
      leave();
      const base = { name: baseDir, from: { frozen, tree: before, against: after } };
      const candidate = { name: candidateDir, from: { frozen, tree: after, against: before, ...(looks && { look }) } };
      const made =
        contract.order === 'sequential'
          ? await alone(setup, name, candidate)
          : await closedArms(setup, name, (arm) => (arm === 'base' ? base : candidate));
      return 'code' in made ? made : { ...planOf(run, name), ...watch(made) };
    }).catch((error: unknown) => twiceIsAReason(run, error));
    const path = await touchedFrozen(setup, frozen);
    if ('code' in measured) return unmeasured(measured, frozen);
    if (path !== undefined) return unmeasured({ code: 'frozen_changed', path }, frozen);
    const { sessions } = measured;
    const told = [...measured.told, ...(await caveatsOf(run, setup, { sessions, arms }))];
    return { ...sessions, skipped_files: frozen?.skipped ?? [], not_in_a_clone, told };
  });
}

type Measured = Sessions & Pick<RemeasureData, 'control'>;

/**
 * The caveats of the attempt. Empty unless the verdict will be `accepted`, because finding caveats costs one more execution of each arm.
 */
async function caveatsOf(
  run: Run,
  setup: RepoSetup,
  measured: { sessions: Measured; arms: MadeArms[] },
): Promise<Caveat[]> {
  const { sessions, arms } = measured;
  const { verdict, primary } = judged(sessions, askedOf(run.state), controlOf(run.state, sessions));
  if (verdict !== 'accepted') return [];
  const { data: fix } = lastStep(run.state, 'fix')!;
  const trees = [fix.base.tree, fix.snapshot.tree] as const;
  const changed = await changes(run.repo, ...trees);
  const accepted = { changed, patch: () => patch(run.repo, ...trees), primary };
  return [...caveatsOfHistory(run.state, sessions), ...(await caveatsOfArms(setup, arms, accepted))];
}

/** The differences between the candidate's arm and a fresh clone of the commit that the attempt would become. */
async function notInAClone({ repo }: RepoSetup, fix: FixData, dir: string): Promise<Apart[]> {
  const [measured, tip] = [fix.snapshot.tree, fix.commits?.found ?? fix.tip];
  const { tree, not_committed } = await treeOfCommit(repo, { tip, base: fix.base.tree, attempt: measured });
  return apartFromClone(repo, { dir, committed: tree, measured, own: not_committed });
}

function outcome({ state }: Run, data: RemeasureData): Outcome<RemeasureData> {
  const { hotspot } = lastStep(state, 'fix')!.data;
  const all = [data.screen, data.confirmation].filter((s) => s !== null);
  const exact = data.screen?.stopped === 'exact' ? ' Compared exactly: the metric is deterministic.' : '';
  return {
    result: data.broken ? 'broken' : 'measured',
    data,
    values: {
      hotspot: oneLine(hotspot.id),
      headline: data.broken
        ? `**A guard failed.** ${reasonText(data.broken, askedOf(state))}.`
        : `Measured in ${all.reduce((sum, s) => sum + s.executions, 0)} executions.${exact}`,
      guards: data.broken ? `- ${data.broken.code.replace(/_/g, ' ')}` : 'The guards hold.',
      sessions: [
        ...(data.control ?? []).map((s) => sessionText('The base against itself, on another host', s, state)),
        ...all.map((s, i) => sessionText(i === 0 ? 'Screen' : 'Confirmation', s, state)),
      ].join('\n\n'),
    },
  };
}
