import { GateError } from '../core/errors.ts';
import { frozenCopy } from '../experiment/arms.ts';
import { alone, closedArms, leaveRooms } from '../experiment/closed-arms.ts';
import type { SessionData } from '../experiment/judged.ts';
import { judgedSession } from '../experiment/session.ts';
import { runRef } from '../git/refs.ts';
import { snapshotOf } from '../git/snapshot.ts';
import type { ReportData } from '../record/data.ts';
import { accepted, attemptsOf, baseOf } from '../record/history.ts';
import { productOfGains } from '../record/limits.ts';
import { outcomeSoFar } from '../record/outcome.ts';
import { totalSession } from '../record/planned-sessions.ts';
import type { EngineStage, Run } from '../record/state.ts';
import { reportMarkdown } from '../report/markdown/report.ts';
import { storyOf } from '../report/story/of-run.ts';
import { elsewhere } from './elsewhere.ts';
import { withoutOthersEdits } from './others-edits.ts';
import { writeHtml } from './report-files.ts';
import { setupOf } from './setup-of.ts';
import { treeNow } from './work-tree.ts';

/** Measures the base against the final head, and writes the report. */
export const report: EngineStage = {
  async perform(run) {
    const session = accepted(run.state).length > 0 ? await measureTotal(run) : null;
    const story = (await storyOf(run, session))!;
    const html_hash = writeHtml(run, story);
    const data: ReportData = {
      outcome: outcomeSoFar(attemptsOf(run.state)),
      total: story.total && { improvement_pct: story.total.improvement_pct, ci95_pct: story.total.ci95_pct },
      session,
      product_of_gains_pct: productOfGains(run.state),
      html_hash,
    };
    return { result: 'reported', data, values: { report: reportMarkdown(story) }, file: run.paths.report };
  },
};

/**
 * Measures the base against the final head. Measures all pairs without stopping early, because the result is an estimate and not a verdict.
 * Returns null if an arm can no longer be prepared.
 */
async function measureTotal(run: Run): Promise<SessionData | null> {
  const setup = await setupOf(run);
  const [before, after] = [run.state.git.base.tree, await withoutOthersEdits(run)];
  const plan = { ...totalSession(run.state), label: 'base against final head' };
  const there = await elsewhere(run, setup);
  if (there) {
    const commits = { base: run.state.git.base.commit, candidate: (await saved(run, after)).commit };
    const result = await there.measure({ plan, kind: 'total', ...commits }).catch(unprepared);
    return result === null || 'code' in result ? null : result.data;
  }
  const frozen = await frozenCopy(setup, () => treeNow(run));
  const inPlace = setup.contract.isolation === 'in_place';
  const base = { name: 'a', from: { frozen, tree: before, against: after } } as const;
  const candidate = { name: 'b', from: { frozen, tree: after, against: before } } as const;
  const making = inPlace
    ? alone(setup, 'total', candidate)
    : closedArms(setup, 'total', (arm) => (arm === 'base' ? base : candidate));
  const made = await making.catch(unprepared);
  if (made === null || 'code' in made) return null;
  try {
    return (await judgedSession(setup, { ...plan, ...made })).data;
  } finally {
    leaveRooms(made.arms);
  }
}

/** Makes a commit of the final head, because only commits are sent to other hosts. */
const saved = ({ repo, state }: Run, tree: string) =>
  snapshotOf(repo, tree, {
    ref: runRef(state.run, 'total'),
    message: `perf-gate: final head of ${state.run}`,
    parent: baseOf(state).commit,
  });

/** Handles an arm that can no longer be prepared: the total improvement is then unknown. */
function unprepared(error: unknown): null {
  if (error instanceof GateError && error.code === 'command_failed') return null;
  throw error;
}
