import { signedPercent } from '../core/figures.ts';
import { cut, oneLine } from '../core/text.ts';
import type { EarlierTrial } from '../record/earlier-trials.ts';
import type { RunState } from '../record/state.ts';
import { type Prediction, type Trial, trialsOf } from '../record/trials.ts';
import { printedReason, reasonText } from './reasons.ts';

export const predictionOf = ({ hotspot, measured_pct }: Trial): Prediction => ({
  predicted_pct: hotspot.predicted_pct ?? null,
  measured_pct,
});

/** A trial in one line, such as `attempt 2, main src/a.js:3 (cache: keep the rows): rejected, −0.3 %: not_faster: …` */
export function trialLine({ attempt, hotspot, note, outcome, measured_pct, ...trial }: Trial): string {
  const reason = reasonOf(trial);
  const which = attempt === null ? '' : `attempt ${attempt}, `;
  const idea = [hotspot.technique, hotspot.what ?? (outcome === 'skipped' ? '' : firstSentence(note))];
  const how = idea.some(Boolean) ? ` (${idea.filter(Boolean).join(': ')})` : '';
  const measured = measured_pct === null ? '' : `, ${signedPercent(measured_pct)}`;
  return `${which}${hotspot.id}${how}: ${outcome}${measured}${reason}`;
}

/** The first sentence of an actor's note, at most 120 characters, which is enough to distinguish ideas. */
function firstSentence(note: string): string {
  return cut(oneLine(note).split(/(?<=[.;:]) /, 1)[0]!, 120);
}

/** The trials of this run, one line each. */
export function triedLines(state: RunState): string[] {
  return trialsOf(state).map(trialLine);
}

function reasonOf({ reason, asked }: Pick<Trial, 'reason' | 'asked'>): string {
  if (!reason) return '';
  return `: ${reason.code === 'skipped' ? reasonText(reason, asked) : printedReason(reason, asked)}`;
}

/** A trial of an earlier run in one line, such as `in 20261121-1005-…, attempt 2, …; the code there has changed since` */
export function earlierLine(trial: EarlierTrial): string {
  const since = { unchanged: 'the code there is unchanged', changed: 'the code there has changed since', unknown: '' };
  const other = trial.same_aim ? '' : 'for another aim';
  return [`in ${trial.run}, ${trialLine(trial)}`, since[trial.code], other].filter(Boolean).join('; ');
}
