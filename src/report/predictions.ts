import { percent } from '../core/figures.ts';
import { median } from '../stats/robust.ts';
import type { StoryAttempt } from './story.ts';

/** What was expected of an attempt and what was measured, in per cent of the base, positive is better; null where unknown. */
export type Prediction = { predicted_pct: number | null; measured_pct: number | null };

/** How far predictions can be trusted here: the median share of what was predicted that came. Empty where none was tested. */
export function calibrationText(predictions: readonly Prediction[]): string {
  const shares = predictions.flatMap(({ predicted_pct, measured_pct }) =>
    predicted_pct && predicted_pct > 0 && measured_pct !== null ? [measured_pct / predicted_pct] : [],
  );
  if (shares.length === 0) return '';
  const came = `${percent(100 * median(shares), 0)} of what was predicted`;
  return shares.length === 1
    ? `The one prediction that was tested brought ${came}.`
    : `Of ${shares.length} predictions that were tested, the median brought ${came}.`;
}

/** The prediction of an attempt beside what was measured, as one line; none where nothing was predicted. */
export function predicted({ predicted_pct, primary }: Pick<StoryAttempt, 'predicted_pct' | 'primary'>): string[] {
  if (predicted_pct === null) return [];
  const measured = primary?.improvement_pct ?? null;
  return [`predicted: ${percent(predicted_pct)}, measured: ${measured === null ? 'nothing' : percent(measured)}`];
}
