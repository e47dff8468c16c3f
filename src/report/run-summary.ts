import { oneLine } from '../core/text.ts';
import { accepted, attemptNumber, attemptsOf } from '../record/history.ts';
import { productOfGains } from '../record/limits.ts';
import type { RunState, Step } from '../record/state.ts';

/** Frontmatter and body of `run.md`. */
export function runSummary(state: RunState): { data: object; body: string } {
  const data = {
    run: state.run,
    task: state.task,
    stage: state.stage,
    epoch: state.epoch,
    attempt: attemptNumber(state),
    paused: state.paused,
    ended: state.ended,
    branch: state.git.branch,
    started_at: state.started_at,
    totals: {
      attempts: attemptsOf(state).length,
      accepted: accepted(state).length,
      product_of_gains_pct: productOfGains(state),
    },
  };
  const body = `# ${oneLine(state.task)}\n\n${where(state)}\n\n## The story so far\n\n${state.steps.map(line).join('\n') || 'Nothing has happened yet.'}\n${recovered(state)}`;
  return { data, body };
}

function where(state: RunState): string {
  if (state.ended) return `The run has ended: **${state.ended}**.`;
  return `The run stands at **${state.stage}**${state.paused ? ' (paused)' : ''}.`;
}

function line(step: Step, index: number): string {
  const link = step.artifact ? `[${step.stage}](${step.artifact})` : step.stage;
  const done = Object.keys(step.effects)
    .map((e) => `, ${e} done`)
    .join('');
  return `${index + 1}. ${link}: ${step.result}${done}`;
}

/**
 * A list of the repairs after crashes that no artifact lists yet. Empty while the run goes on, because its next artifact will list them.
 */
function recovered({ ended, recovered }: RunState): string {
  if (!ended || recovered.length === 0) return '';
  return `\n## Recovered\n\n${recovered.map((text) => `- ${text}`).join('\n')}\n`;
}
