import { matchesProtected } from '../contract/protects.ts';
import { lastWords, oneLine } from '../core/text.ts';
import {
  type Frozen,
  frozenCopy,
  isUnprepared,
  makeArm,
  mustBeReady,
  runInArm,
  touchedFrozen,
  type Unprepared,
} from '../experiment/arms.ts';
import { screenAndConfirm } from '../experiment/screen-and-confirm.ts';
import { type Ground, groundOf } from '../experiment/setup.ts';
import type { FixData, Reason, RemeasureData } from '../record/data.ts';
import { attemptNumber } from '../record/history.ts';
import { attemptSession } from '../record/planned-sessions.ts';
import { brokenSeals, protectedOf } from '../record/seal.ts';
import { type EngineStage, lastStep, type Outcome, type Run } from '../record/state.ts';
import { sessionText } from '../report/markdown/session.ts';
import { code } from '../report/markdown/syntax.ts';
import { treeNow } from './work-tree.ts';

/** Checks the guards, then measures base and candidate in turn: a screen, and where it passes a confirmation from scratch. */
export const remeasure: EngineStage = {
  by: 'engine',
  results: ['measured', 'broken'],
  async perform(run) {
    const { data: fix } = lastStep(run.state, 'fix')!;
    const untouched = touchedProtected(run, fix);
    if (untouched) return outcome(run, { broken: untouched, screen: null, confirmation: null, skipped_files: [] });
    const ground = await groundOf(run);
    const frozen = await frozenCopy(ground, () => treeNow(run));
    const broken = await correctness(ground, fix, frozen);
    if (broken) return outcome(run, { broken, screen: null, confirmation: null, skipped_files: frozen?.skipped ?? [] });
    return outcome(run, await sessions(run, ground, { fix, frozen }));
  },
};

/** A fix that touches the benchmark, its data or its tests is turned down unseen. */
function touchedProtected(run: Run, { changes }: FixData): Reason | null {
  const { prefix } = run.repo;
  const inProject = changes
    .map((c) => c.path)
    .filter((p) => p.startsWith(prefix))
    .map((p) => p.slice(prefix.length));
  const touched = [...new Set([...matchesProtected(inProject, protectedOf(run)), ...brokenSeals(run)])];
  return touched.length > 0
    ? { code: 'protected_path', text: `the fix touches what is protected: ${touched.join(', ')}` }
    : null;
}

/** The correctness command runs in an arm that is not measured: what it leaves behind must not help the candidate. */
async function correctness(ground: Ground, fix: FixData, frozen: Frozen | null): Promise<Reason | null> {
  const arm = await makeArm(ground, 'b', { frozen, tree: fix.snapshot.tree });
  if (isUnprepared(arm)) return unprepared(arm);
  const { correctness: command } = ground.contract.guards;
  const failed = command ? await runInArm(ground, arm, 'correctness', command) : undefined;
  return failed ? unprepared(failed) : null;
}

const unprepared = ({ what, command, reason, output }: Unprepared): Reason => ({
  code: `${what}_failed`,
  text: `${code(command)} failed on the candidate (${reason}): ${lastWords(output)}`,
});

type Given = { fix: FixData; frozen: Frozen | null };

async function sessions(run: Run, ground: Ground, { fix, frozen }: Given): Promise<RemeasureData> {
  const { contract } = ground;
  const { measured } = await screenAndConfirm(ground, {
    base: { what: 'repro on the base', command: contract.repro.script },
    async session(name) {
      const [baseDir, candidateDir] = name === 'screen' ? (['a', 'b'] as const) : (['b', 'a'] as const);
      const arm = async (dir: 'a' | 'b', tree: string) => mustBeReady(await makeArm(ground, dir, { frozen, tree }));
      const base = contract.order === 'sequential' ? null : await arm(baseDir, fix.base.tree);
      return {
        ...attemptSession(run.state, name),
        label: `attempt ${attemptNumber(run.state)}, ${name}`,
        arms: { base, candidate: await arm(candidateDir, fix.snapshot.tree) },
      };
    },
  });
  const touched = touchedFrozen(ground, frozen);
  const skipped_files = frozen?.skipped ?? [];
  if (!touched) return { ...measured, skipped_files };
  const text = `something wrote into the copy that both arms are made from: ${touched}`;
  return { broken: { code: 'frozen_changed', text }, screen: null, confirmation: null, skipped_files };
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
        ? `**A guard failed.** ${data.broken.text}.`
        : `Measured in ${all.reduce((sum, s) => sum + s.executions, 0)} executions.${exact}`,
      guards: data.broken ? `- ${data.broken.code.replace(/_/g, ' ')}` : 'The guards hold.',
      sessions: all.map((s, i) => sessionText(i === 0 ? 'Screen' : 'Confirmation', s, state)).join('\n\n'),
    },
  };
}
