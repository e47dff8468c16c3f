import { relative } from 'node:path';
import { type ArtifactHead, fill, writeArtifact } from '../artifact/artifact.ts';
import { formatFrontmatter, rounded } from '../artifact/frontmatter.ts';
import { writeDurable } from '../core/fs.ts';
import { attemptNumber } from '../record/history.ts';
import type { Outcome, RunState } from '../record/state.ts';
import { runSummary } from '../report/run-summary.ts';
import type { OpenRun } from './open-run.ts';

/** The fields of an artifact in the record of a transition: its path in the run's folder, and its SHA-256. */
export type Published = { artifact: string; artifact_hash: string };

/**
 * Writes the artifact of a stage: the frontmatter for programs, and the filled template for people. The artifact counts only when the
 * transition is recorded.
 */
export function publish(opened: OpenRun, outcome: Outcome, effects: object, startedAt: string, to: string): Published {
  const { run, workflow } = opened;
  const { state, paths } = run;
  const revises = workflow.definition.stages[state.stage]!.interruptible;
  const file = outcome.file ?? paths.artifact(artifactNumber(state, revises), state.stage);
  const head: ArtifactHead = {
    run: state.run,
    stage: state.stage,
    epoch: state.epoch,
    attempt: attemptNumber(state),
    result: outcome.result,
    started_at: startedAt,
    finished_at: run.world.clock.now(),
  };
  const body = fill(workflow.templates[state.stage]!, { ...head, task: state.task, next: to, ...outcome.values });
  const artifact_hash = writeArtifact(
    file,
    { ...head, ...outcome.data, ...effects },
    body + effectLines(effects) + recoveredLines(run.state),
    run.redact,
  );
  return { artifact: relative(paths.dir, file), artifact_hash };
}

/** Writes `run.md` after every transition. The file holds the state at a glance and the story so far. */
export function publishSummary(opened: OpenRun): void {
  const { data, body } = runSummary(opened.run.state);
  writeDurable(opened.run.paths.summary, opened.run.redact(formatFrontmatter(rounded(data), body)));
}

/**
 * The number of the next artifact. If the run stays in a stage, such as scoping before the approval, the stage overwrites its own artifact.
 */
function artifactNumber(state: RunState, revises: boolean): number {
  const numbered = new Set(state.steps.map((s) => s.artifact).filter((name) => name && /^\d/.test(name))).size;
  const last = state.steps.at(-1);
  return revises && last?.stage === state.stage && last.to === state.stage ? numbered : numbered + 1;
}

function effectLines(effects: object): string {
  const lines = Object.values(effects as Record<string, { told?: string[] }>).flatMap((facts) => facts.told ?? []);
  return lines.length > 0 ? `\n## What was done\n\n${lines.map((l) => `- ${l}`).join('\n')}\n` : '';
}

function recoveredLines({ recovered }: RunState): string {
  return recovered.length > 0 ? `\n## Recovered\n\n${recovered.map((l) => `- ${l}`).join('\n')}\n` : '';
}
