import { existsSync } from 'node:fs';
import { writeArtifact } from '../artifact/artifact.ts';
import { writeDurable } from '../core/fs.ts';
import { fileHash, sha256 } from '../core/hash.ts';
import { attemptNumber, attemptsOf } from '../record/history.ts';
import { outcomeOf } from '../record/outcome.ts';
import { lastStep, type Run } from '../record/state.ts';
import { reportHtml } from '../report/html/page.ts';
import { reportMarkdown } from '../report/markdown/report.ts';
import { storyOf } from '../report/story/of-run.ts';
import type { Story } from '../report/story/story.ts';

/** Writes `report.html`. Returns its SHA-256. */
export function writeHtml(run: Run, story: Story): string {
  const text = run.redact(reportHtml(story));
  writeDurable(run.paths.html, text);
  return sha256(text);
}

/** The SHA-256 of `report.md` and of `report.html`. Null for a file that does not exist. */
export type ReportHashes = { report_hash: string | null; html_hash: string | null };

/**
 * Writes the report of a run that ended before its report stage. Returns null if the report stage wrote the report, or if the run has no
 * contract.
 */
export async function writeEarlyReport(run: Run): Promise<ReportHashes | null> {
  const { state, paths } = run;
  if (lastStep(state, 'report')) return null;
  if (existsSync(paths.report)) return { report_hash: fileHash(paths.report), html_hash: fileHash(paths.html) };
  const story = await storyOf(run, null);
  if (!story) return null;
  const html_hash = writeHtml(run, story);
  const now = run.world.clock.now();
  const result = outcomeOf(state.ended, attemptsOf(state)) ?? '';
  const headData = {
    run: state.run,
    stage: state.stage,
    epoch: state.epoch,
    attempt: attemptNumber(state),
    result,
    started_at: now,
    finished_at: now,
  };
  return { report_hash: writeArtifact(paths.report, headData, reportMarkdown(story), run.redact), html_hash };
}
