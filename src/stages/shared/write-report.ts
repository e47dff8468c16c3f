import { existsSync } from 'node:fs';
import { writeArtifact } from '../../artifact/artifact.ts';
import { writeDurable } from '../../core/fs.ts';
import { reportHtml } from '../../report/html.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import type { Story } from '../../report/story.ts';
import { attemptNumber } from './history.ts';
import { outcomeOf } from './outcome.ts';
import type { Run } from './run.ts';
import { storyOf } from './story.ts';

export function writeHtml(run: Run, story: Story): void {
  writeDurable(run.paths.html, run.redact(reportHtml(story)));
}

/** A run that ended before its report stage still leaves its story. */
export async function writeEarlyReport(run: Run): Promise<void> {
  if (existsSync(run.paths.report)) return;
  const story = await storyOf(run, null);
  if (!story) return;
  writeHtml(run, story);
  const { state } = run;
  const now = run.world.clock.now();
  const result = outcomeOf(state) ?? '';
  const headData = {
    run: state.run,
    stage: state.stage,
    epoch: state.epoch,
    attempt: attemptNumber(state),
    result,
    started_at: now,
    finished_at: now,
  };
  writeArtifact(run.paths.report, headData, reportMarkdown(story), run.redact);
}
