import { percent } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import { changeOf } from '../estimate.ts';
import { meaning } from '../facts.ts';
import { html, type Markup } from '../markup.ts';
import { armRows, thresholdLine } from '../sample-rows.ts';
import type { Arms, Story, StoryAttempt, StoryContract } from '../story/story.ts';
import { forest } from '../svg/forest.ts';
import { stripPlot } from '../svg/strip.ts';
import { gainBars, waterfall } from '../svg/waterfall.ts';
import { brief, interval, outcomeWords } from '../words.ts';
import { captioned, sideBySide } from './elements.ts';

/** The charts of the whole run: the gain step by step, and the samples of the total session. */
export function gain(story: Story): Markup {
  const [steps, total] = [gainFigure(story), totalFigure(story)];
  return steps || total ? html`<section><h2>The gain</h2>${sideBySide(steps, total)}</section>` : html``;
}

/** A chart that compares the improvement of every attempt with the threshold. The explanation of the numbers is next to the chart. */
export function against(story: Story): Markup {
  const rows = story.attempts.flatMap(({ attempt, hotspot, verdict, primary }) =>
    primary?.improvement_pct == null
      ? []
      : [
          {
            label: `${outcomeWords[verdict].mark} ${attempt} ${brief(hotspot)}`,
            kind: verdict,
            estimate: primary.improvement_pct,
            interval: primary.ci95_pct,
          },
        ],
  );
  const described = rows.map(
    (r) => `${r.label}: ${percent(r.estimate)}${r.interval ? `, ${interval(r.interval)}` : ''}`,
  );
  const plot = forest(rows, story.contract.threshold_pct, {
    id: 'attempts-figure',
    title: 'Improvement of each attempt',
    description: described.join('; '),
  });
  const reading = 'Estimate and 95 % interval; ✓ kept, ✗ rejected, ? undecided.';
  return sideBySide(
    plot && captioned('Every attempt against the threshold', reading, plot),
    html`<div class="aside"><h3>What the figures mean</h3>${meaning(story).map((m) => html`<p>${m}</p>\n`)}</div>`,
  );
}

/**
 * The charts of an attempt's samples. The chart of the session that decided is visible. If that session is a confirmation, the chart of the
 * screen before it is collapsed. Null if nothing was measured.
 */
export function sampleFigures(attempt: StoryAttempt, contract: StoryContract): Markup | null {
  const { confirmation, screen } = attempt;
  const decided = confirmation ?? screen;
  if (!decided) return null;
  const figure = sessionFigure(attempt, contract, decided, confirmation ? 'confirmation' : 'screen');
  if (!figure) return null;
  const folded = confirmation && screen && sessionFigure(attempt, contract, screen, 'screen');
  return html`<div>${figure}
${folded && html`<details><summary>The screen before it</summary>${folded}</details>`}</div>`;
}

function gainFigure(story: Story): Markup | null {
  const bars = gainBars(story);
  if (bars.length === 0) return null;
  const { name, unit } = story.contract.primary;
  const described = bars.map((b) => `${b.label}: ${b.kind === 'level' ? quantity(b.value, unit) : b.change}`);
  const about = { id: 'gain', title: `Accepted gains of ${name}, step by step`, description: described.join('; ') };
  return captioned(
    'Accepted changes, step by step',
    'Each step applies the gain of one attempt to the step before. The last bar is the measured final head.',
    waterfall(bars, unit, about),
  );
}

function totalFigure(story: Story): Markup | null {
  const { total, contract } = story;
  if (!total) return null;
  const plot = stripPlot(
    { rows: armRows(total.samples), metric: contract.primary, threshold: thresholdLine(total.samples, contract) },
    {
      id: 'total',
      title: `Samples of base and final head`,
      description: `${contract.primary.name} is ${changeOf(total, contract) ?? 'not measured'}.`,
    },
  );
  return (
    plot &&
    captioned(
      'Base against final head',
      'Each dot is a sample from a session that was measured at the end of the run.',
      plot,
    )
  );
}

function sessionFigure(attempt: StoryAttempt, contract: StoryContract, arms: Arms, session: string): Markup | null {
  const drawn = stripPlot(
    { rows: armRows(arms), metric: contract.primary, threshold: thresholdLine(arms, contract) },
    {
      id: `attempt-${attempt.attempt}-${session}`,
      title: `Samples of attempt ${attempt.attempt}, ${session}`,
      description: `${arms.base.length} samples of the base and ${arms.candidate.length} of the candidate. Verdict: ${attempt.verdict}.`,
    },
  );
  return (
    drawn &&
    captioned(
      `Samples of the ${session}`,
      'Each dot is a sample. The box shows the quartiles, the whiskers show the extremes.',
      drawn,
    )
  );
}
