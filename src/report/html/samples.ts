import { html, type Markup } from '../markup.ts';
import { armRows } from '../sample-rows.ts';
import type { Arms, StoryAttempt, StoryContract } from '../story.ts';
import { stripPlot } from '../svg/strip.ts';
import { thresholdOf } from '../threshold.ts';
import { captioned } from './captioned.ts';

/** The samples of an attempt: the deciding session open, the screen before it folded. Null when nothing was measured. */
export function sampleFigures(attempt: StoryAttempt, contract: StoryContract): Markup | null {
  const { confirmation, screen } = attempt;
  const decided = confirmation ?? screen;
  if (!decided) return null;
  const folded = confirmation && screen && plot(attempt, contract, screen, 'screen');
  return html`<div>${plot(attempt, contract, decided, confirmation ? 'confirmation' : 'screen')}
${folded && html`<details><summary>The screen before it</summary>${folded}</details>`}</div>`;
}

function plot(attempt: StoryAttempt, contract: StoryContract, arms: Arms, session: string): Markup | null {
  const drawn = stripPlot(
    { rows: armRows(arms), metric: contract.primary, threshold: thresholdOf(arms, contract) },
    {
      id: `attempt-${attempt.attempt}-${session}`,
      title: `Samples of attempt ${attempt.attempt}, ${session}`,
      description: `${arms.base.length} runs of the base and ${arms.candidate.length} of the candidate. Verdict: ${attempt.verdict}.`,
    },
  );
  return drawn && captioned(`Samples of the ${session}`, 'Every run a dot; box: quartiles; whiskers: extremes.', drawn);
}
