import { percent, signedPercent } from '../core/figures.ts';
import { fromTo, quantity } from '../core/units.ts';
import type { Effect, Terms } from './story/story.ts';
import { bounded, direction, interval } from './words.ts';

/**
 * This module writes an effect in words. All numbers of an effect come from the estimate. The medians of both arms are only in the tables
 * of samples: their difference can have another sign than the estimate, which would look like a contradiction.
 */

/**
 * If the threshold is in the metric's unit, the effect is written in that unit, because it is proved in that unit. Every other effect is
 * written in per cent.
 */
const inUnit = ({ improvement_pct }: Effect, { threshold_pct, threshold_absolute }: Terms): boolean =>
  improvement_pct === null || (threshold_pct === null && (threshold_absolute ?? 0) > 0);

/**
 * The effect as an arrow, such as `412 ms → 318 ms`: the base's median, and the value after the estimated change. Null if nothing was
 * measured.
 */
export function moved(effect: Effect, terms: Terms): string | null {
  const { baseline, improvement, improvement_pct } = effect;
  const gain = inUnit(effect, terms) ? improvement : ((baseline ?? 0) * improvement_pct!) / 100;
  if (baseline === null || gain === null) return null;
  const { lower_is_better, unit } = terms.primary;
  return fromTo(baseline, lower_is_better ? baseline - gain : baseline + gain, unit);
}

/** `22.7 % lower (better)`. Null if nothing was measured. */
export function changeOf(effect: Effect, terms: Terms): string | null {
  const { improvement, improvement_pct } = effect;
  const { lower_is_better, unit } = terms.primary;
  if (!inUnit(effect, terms)) return direction(improvement_pct!, lower_is_better, percent(Math.abs(improvement_pct!)));
  return improvement === null ? null : direction(improvement, lower_is_better, quantity(Math.abs(improvement), unit));
}

/** The improvement as a signed number for a table: `+38.2 %`, `+157 ms`, `–`. */
export function signed(effect: Effect | null, terms: Terms): string {
  if (!effect) return '–';
  const { improvement, improvement_pct } = effect;
  if (!inUnit(effect, terms)) return signedPercent(improvement_pct!);
  if (improvement === null) return '–';
  return `${improvement > 0 ? '+' : ''}${withMinus(improvement, terms.primary.unit)}`;
}

/** The two-sided 95 % interval for a table in which positive is better. `20.9 to 24.2 %`, `90.1 ms to 97.0 ms`, `−4.0 to 2.1 %`. */
export function intervalOf(effect: Effect | null, terms: Terms): string | null {
  if (!effect || !inUnit(effect, terms)) return interval(effect?.ci95_pct ?? null);
  if (!effect.ci95) return null;
  const [low, high] = effect.ci95.map((end) => (end === null ? null : withMinus(end, terms.primary.unit)));
  return `${low ?? '−∞'} to ${high ?? '∞'}`;
}

/** The two-sided 95 % interval for a sentence, with words instead of signs. `46.9 to 99.8 % worse`, `3.1 % worse to 2.1 % better`. */
export function intervalInWords(effect: Effect, terms: Terms): string | null {
  const ownUnit = inUnit(effect, terms);
  const [low, high] = (ownUnit ? effect.ci95 : effect.ci95_pct) ?? [null, null];
  if (low === null || high === null || low >= 0) return intervalOf(effect, terms);
  const size = (end: number) => (ownUnit ? quantity(Math.abs(end), terms.primary.unit) : percent(Math.abs(end)));
  if (high > 0) return `${size(low)} worse to ${size(high)} better`;
  const mirrored: [number, number] = [Math.abs(high), Math.abs(low)];
  return `${intervalOf({ ...effect, ci95: mirrored, ci95_pct: mirrored }, terms)} worse`;
}

/** The one-sided lower bound: `at least 21.1 % better`. Null if the samples give no bound. */
export function lowerBound(effect: Effect, terms: Terms): string | null {
  const ownUnit = inUnit(effect, terms);
  const bound = ownUnit ? effect.lower_bound : effect.lower_bound_pct;
  if (bound === null) return null;
  return bounded(bound, ownUnit ? quantity(Math.abs(bound), terms.primary.unit) : percent(Math.abs(bound)));
}

/** A number with the minus sign (−) that is as wide as a digit. */
const withMinus = (value: number, unit: string) => `${value < 0 ? '−' : ''}${quantity(Math.abs(value), unit)}`;
