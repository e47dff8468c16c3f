import type { Story } from './story.ts';
import type { WaterfallBar } from './svg/waterfall.ts';
import { brief, signed } from './words.ts';

/**
 * The base, one step for each accepted change, and the final head as it was measured. The steps multiply the single gains,
 * so the place where they end can differ from the measured end: that difference is what the figure shows. Empty when
 * nothing was accepted.
 */
export function gainBars(story: Story): WaterfallBar[] {
  const accepted = story.attempts.filter((a) => a.verdict === 'accepted' && a.primary);
  const base = story.total?.baseline ?? accepted[0]?.primary?.baseline ?? null;
  if (base === null || accepted.length === 0) return [];
  const bars: WaterfallBar[] = [{ kind: 'level', label: 'base', value: base }];
  let level = base;
  for (const { attempt, hotspot, primary } of accepted) {
    const next = stepTo(level, primary!, story.contract.primary.lower_is_better);
    const change = signed(primary, story.contract.primary.unit);
    bars.push({ kind: 'step', label: `${attempt} ${brief(hotspot)}`, from: level, to: next, change });
    level = next;
  }
  const measured = story.total?.candidate ?? null;
  if (measured !== null) bars.push({ kind: 'level', label: 'final, measured', value: measured });
  return bars;
}

type Gain = { improvement_pct: number | null; improvement: number | null };

function stepTo(level: number, gain: Gain, lowerIsBetter: boolean): number {
  const sign = lowerIsBetter ? -1 : 1;
  if (gain.improvement_pct !== null) return level * (1 + (sign * gain.improvement_pct) / 100);
  return level + sign * (gain.improvement ?? 0);
}
