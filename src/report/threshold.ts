import { quartiles } from './sample-rows.ts';
import type { Arms, StoryContract } from './story.ts';

/** The threshold in words and as the value, in the metric's unit, that a candidate must reach from this base. */
export type ThresholdLine = { value: number; text: string };

/** From the median of the base arm; null without a number to draw. Where both kinds must be reached, the stricter one is the line. */
export function thresholdOf(arms: Arms, contract: StoryContract): ThresholdLine | null {
  const base = quartiles(arms.base)?.median ?? null;
  const { threshold_pct, threshold_absolute, primary, threshold } = contract;
  if (base === null) return null;
  const gains: number[] = [];
  if (threshold_pct !== null) gains.push((Math.abs(base) * threshold_pct) / 100);
  if (threshold_absolute !== null) gains.push(threshold_absolute);
  if (gains.length === 0) return null;
  const gain = Math.max(...gains);
  return { value: primary.lower_is_better ? base - gain : base + gain, text: threshold };
}
