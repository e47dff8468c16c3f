import { relative } from 'node:path';
import type { HookState } from '../agent/hooks/state.ts';
import { hookFile } from '../artifact/paths.ts';
import { removeFile, writeWhole } from '../core/fs.ts';
import type { Definition } from '../record/definition.ts';
import { hasContract, scopingOf } from '../record/history.ts';
import { protectedOf } from '../record/protected.ts';
import { stageFacts } from '../record/stages.ts';
import type { Run, RunState } from '../record/state.ts';
import { runBrief } from '../report/brief.ts';
import { isCurrentDraft } from './drafts.ts';
import { nextStep } from './next-step.ts';

/**
 * Writes the run's stage to a file for the hooks of coding agents. Removes the file when the run has ended. The write is not made durable,
 * because the next command repeats it.
 */
export function publishHookState(run: Run, definition: Definition): void {
  const file = hookFile(run.repo.project);
  if (run.state.ended) removeFile(file);
  else writeWhole(file, JSON.stringify(stateFor(run, definition)));
}

function stateFor({ state, paths, repo, redact }: Run, definition: Definition): HookState {
  const { by, interruptible } = definition.stages[state.stage]!;
  const within = (file: string) => relative(repo.project, file);
  const prepared = by === 'actor' && isCurrentDraft(paths.draft(state.stage), state.epoch);
  const next = by === 'engine' ? engineStep(state) : 'perf-gate next';
  return {
    run: state.run,
    stage: state.stage,
    epoch: state.epoch,
    paused: state.paused,
    waits_for: interruptible ? 'person' : 'agent',
    by,
    next,
    brief_file: prepared ? within(paths.brief(state.stage)) : null,
    draft: prepared ? within(paths.draft(state.stage)) : null,
    may_edit: interruptible || stageFacts(state.stage).editsProject === true,
    protected: protectedOf(state),
    brief: redact(runBrief(state, nextStep({ ...state, hasContract: hasContract(state) }))),
  };
}

/**
 * If perf-gate expects an attempt to take more than this number of minutes, the next command runs in the background. A client may kill a
 * shell command that takes so long.
 */
const SHORT_CALL = 1.5;

/**
 * The command that an agent should call when perf-gate does the current stage. A long measurement runs in the background, where no client
 * can kill it.
 */
function engineStep(state: RunState): string {
  const minutes = hasContract(state) ? (scopingOf(state).preflight?.estimate.minutes_per_attempt ?? 0) : 0;
  return minutes > SHORT_CALL ? 'perf-gate next --detach' : 'perf-gate next';
}
