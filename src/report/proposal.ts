import { decimal, percent, percentInterval } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import { largestGain } from '../profile/rank/hotspots.ts';
import type { Hotspot, Mechanism } from '../record/data.ts';
import type { Prediction } from '../record/trials.ts';
import { median } from '../stats/robust.ts';
import type { StoryAttempt } from './story/story.ts';

/** A proposal as lines of text: what to do, the gain, the effort and risk, and the evidence. */
export function proposalLines({ what, why, technique, predicted_pct, ...rest }: Hotspot): string[] {
  const { ceiling_pct, effort, risk, tried } = rest;
  const bound = largestGain(rest);
  const beyond = predicted_pct !== undefined && bound !== undefined && predicted_pct > bound;
  const gain = [
    predicted_pct !== undefined && `predicted ${percent(predicted_pct)}`,
    ceiling_pct !== undefined && `ceiling ${percent(ceiling_pct)}`,
    beyond && `more than the hotspot’s whole share of ${percent(bound)}`,
  ];
  const price = [effort && `effort ${effort}`, risk && `risk ${risk}`];
  const said = [what, technique && `technique: ${technique}`, joined(gain), joined(price)];
  return [...said, why && `why: ${why}`, tried && `tried before: ${tried}`].filter(
    (line): line is string => typeof line === 'string' && line !== '',
  );
}

type Shares = Pick<Hotspot, 'self_pct' | 'total_pct' | 'ceiling_pct' | 'ceiling_ci95_pct' | 'samples' | 'hot_lines'>;

/** The shares of a hotspot in the profile, in words. They are shown as evidence if the proposal gives no evidence of its own. */
export function evidence({ self_pct = 0, total_pct = 0, ceiling_pct = 0, ...rest }: Shares): string {
  const { samples, ceiling_ci95_pct, hot_lines = [] } = rest;
  const parts = [
    `${percent(self_pct)} of the whole in its own code`,
    hot_lines.length > 0 && `mainly in line ${hot_lines.join(', ')}`,
    atLeast(ceiling_pct - self_pct, 'in its calls to code outside of the project'),
    atLeast(total_pct - ceiling_pct, 'in its calls to project code'),
  ];
  const [low, high] = ceiling_ci95_pct ?? [];
  const range =
    high === undefined
      ? ''
      : `; the ceiling was estimated from ${samples} samples (95 % interval: ${percentInterval([low!, high])})`;
  return `${joined(parts)}${range}`;
}

/**
 * A sentence about the reliability of predictions: the median ratio of measured to predicted improvement. Empty if no prediction was
 * tested.
 */
export function calibrationText(predictions: readonly Prediction[]): string {
  const shares = predictions.flatMap(({ predicted_pct, measured_pct }) =>
    predicted_pct && predicted_pct > 0 && measured_pct !== null ? [measured_pct / predicted_pct] : [],
  );
  if (shares.length === 0) return '';
  const came = `${percent(100 * median(shares), 0)} of what was predicted`;
  return shares.length === 1
    ? `The one tested change gained ${came}.`
    : `The median of ${shares.length} tested changes gained ${came}.`;
}

/** The predicted and the measured improvement of an attempt, as one line of text. Empty if nothing was predicted. */
export function predicted({ predicted_pct, primary }: Pick<StoryAttempt, 'predicted_pct' | 'primary'>): string[] {
  if (predicted_pct === null) return [];
  const measured = primary?.improvement_pct ?? null;
  return [`predicted: ${percent(predicted_pct)}, measured: ${measured === null ? 'nothing' : percent(measured)}`];
}

const mechanisms = {
  confirmed: 'confirmed: the cost of the hotspot fell as expected',
  partly: 'confirmed in part: the gain is larger than the cost of the hotspot, so something else became faster too',
  not_confirmed: 'not confirmed: something else became faster',
  cannot_tell: 'unknown: too few samples for a difference of this size',
};

/**
 * A sentence about the hotspot of an accepted change, such as `The share of main src/a.js:3 went from 60.0 % (60.0 ms) to 20.0 % (10.0 ms)
 * …: confirmed: …`
 */
export function mechanismText({ hotspot, before_pct, after_pct, fell_ci95, says, cost }: Mechanism): string {
  const share = (pct: number, amount?: number) =>
    `${percent(pct)}${cost && amount !== undefined ? ` (${quantity(amount, cost.unit)})` : ''}`;
  const range = fell_ci95 ? ` (fell by ${fell_ci95.map((end) => decimal(end)).join(' to ')} points, 95 %)` : '';
  const moved = `from ${share(before_pct, cost?.before)} to ${share(after_pct, cost?.after)}${range}`;
  return `The share of ${hotspot} went ${moved}: ${mechanisms[says]}.`;
}

const atLeast = (value: number, where: string) => value >= 0.05 && `${percent(value)} ${where}`;

const joined = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(', ');
