import { productOfGains } from '../../record/limits.ts';
import { lastStep, type Run } from '../../record/state.ts';
import { storyOf } from '../../report/story-of.ts';
import { summaryPanel } from '../../report/terminal/summary-panel.ts';
import { totalOf } from '../../stages/report/report.ts';
import type { Tools } from '../command.ts';
import { lookOf } from './look.ts';

/** The end of a run, for a person: the panel, and where the files are. */
export async function summaryText(run: Run, tools: Tools): Promise<string> {
  const session = lastStep(run.state, 'report')?.data.session;
  const total = session?.judgement ? totalOf(session, productOfGains(run.state)) : null;
  const story = await storyOf(run, total);
  if (!story) return `The run ${run.state.run} has ended: ${run.state.ended}.`;
  return [
    summaryPanel(story, lookOf(tools)),
    '',
    `  story    ${run.paths.dir}`,
    `  report   ${run.paths.report}`,
    `  page     ${run.paths.html}`,
    `  next     perf-gate finish   makes the branch ready for review`,
  ].join('\n');
}
