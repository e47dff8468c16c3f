import { frozenCopy, isUnprepared, makeArm } from '../../experiment/arms.ts';
import type { SessionData } from '../../experiment/judged.ts';
import { judgedSession } from '../../experiment/session.ts';
import type { ReportData } from '../../record/data.ts';
import { accepted, attemptsOf } from '../../record/history.ts';
import { productOfGains } from '../../record/limits.ts';
import { outcomeSoFar } from '../../record/outcome.ts';
import { totalSession } from '../../record/planned-sessions.ts';
import type { EngineStage, Run } from '../../record/state.ts';
import { reportMarkdown } from '../../report/markdown/report.ts';
import { storyOf } from '../../report/story/of-run.ts';
import type { StoryTotal } from '../../report/story/story.ts';
import { withoutOthersEdits } from '../others-edits.ts';
import { setupOf } from '../setup-of.ts';
import { treeNow } from '../work-tree.ts';
import { writeHtml } from './write-report.ts';

/** Measures the base against the final head afresh, and tells the whole story on one page. */
export const report: EngineStage = {
  async perform(run) {
    const session = accepted(run.state).length > 0 ? await measureTotal(run) : null;
    const product = productOfGains(run.state);
    const total = session?.judgement ? totalOf(session, product) : null;
    const story = (await storyOf(run, total))!;
    const html_hash = writeHtml(run, story);
    const data: ReportData = {
      outcome: outcomeSoFar(attemptsOf(run.state)),
      total: total && { improvement_pct: total.improvement_pct, ci95_pct: total.ci95_pct },
      session,
      product_of_gains_pct: product,
      html_hash,
    };
    return { result: 'reported', data, values: { report: reportMarkdown(story) }, file: run.paths.report };
  },
};

/** All the pairs, no early stop: a figure is wanted, not a decision. Null where the final head cannot be measured any more. */
async function measureTotal(run: Run): Promise<SessionData | null> {
  const setup = await setupOf(run);
  const frozen = await frozenCopy(setup, () => treeNow(run));
  const inPlace = setup.contract.isolation === 'in_place';
  const base = inPlace ? null : await makeArm(setup, 'a', { frozen, tree: run.state.git.base.tree });
  const candidate = await makeArm(setup, 'b', { frozen, tree: await withoutOthersEdits(run) });
  if ((base && isUnprepared(base)) || isUnprepared(candidate)) return null;
  const { data } = await judgedSession(setup, {
    ...totalSession(run.state),
    label: 'base against final head',
    arms: { base, candidate },
  });
  return data;
}

export function totalOf({ judgement, base, candidate }: SessionData, product: number | null): StoryTotal {
  const { improvement_pct, improvement, ci95_pct, lower_bound_pct, p, n_base, n_candidate } = judgement!;
  return {
    baseline: judgement!.baseline,
    candidate: judgement!.candidate,
    improvement_pct,
    improvement,
    ci95_pct,
    lower_bound_pct,
    p,
    n_base,
    n_candidate,
    samples: { base, candidate },
    product_of_gains_pct: product,
  };
}
