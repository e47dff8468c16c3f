import { runActor } from '../agent/command.ts';
import { attemptNumber } from '../stages/shared/history.ts';
import type { Run, Submission } from '../stages/shared/run.ts';
import { readSubmission } from './submission.ts';

export type Brief = { text: string; file: string; draft: string };

/**
 * Lets the run's agent do an actor's stage: the command given for it is run; a list of hotspots that nobody was asked for is
 * the engine's own; else undefined: somebody will `submit`.
 */
export async function act(run: Run, brief: Brief, results: string[]): Promise<Submission | undefined> {
  const { options, stage } = run.state;
  const commands: Record<string, string | null> = { fix: options.fix_command, hotspots: options.propose_command };
  const command = commands[stage];
  if (command) {
    const task = {
      run: run.state.run,
      stage,
      attempt: attemptNumber(run.state),
      project: run.repo.project,
      brief,
      draft: brief.draft,
    };
    const answer = await runActor(command, task, run.world);
    const submission = readSubmission(brief.draft, run.state, results);
    return answer === 'done' ? submission : { ...submission, result: nothingDone(results) };
  }
  const takesDraft = stage === 'hotspots' && (options.yes || options.agent === 'command');
  return takesDraft ? readSubmission(brief.draft, run.state, results) : undefined;
}

/** What exit code 10 means in this stage. */
function nothingDone(results: string[]): string {
  return results.find((r) => r === 'skipped' || r === 'exhausted') ?? results.at(-1)!;
}
