import { percent, percentInterval, pValue as pText, signedPercent } from '../core/figures.ts';
import { fromTo, quantity } from '../core/units.ts';
import type { OutcomeName } from '../record/outcome.ts';
import type { Interval } from '../stats/judgement.ts';
import type { Effect, StoryWatchdog, Terms } from './story/story.ts';

type Tone = 'good' | 'bad' | 'open';
type Word = { word: string; mark: string; ascii: string; tone: Tone };

/** The word for an outcome, and the sign beside it, because colour must never be the only sign. */
export const outcomeWords: Record<OutcomeName, Word> = {
  accepted: { word: 'accepted', mark: '✓', ascii: '+', tone: 'good' },
  rejected: { word: 'rejected', mark: '✗', ascii: 'x', tone: 'bad' },
  inconclusive: { word: 'inconclusive', mark: '?', ascii: '?', tone: 'open' },
  aborted: { word: 'aborted', mark: '■', ascii: '-', tone: 'open' },
  escalated: { word: 'needs a person', mark: '!', ascii: '!', tone: 'bad' },
};

/** `native`, or `native (the process tree’s memory by pss)`: values of different methods are never compared. */
export const methodText = ({ method, tree_method }: { method: string; tree_method: string | null }): string =>
  tree_method === null ? method : `${method} (the process tree’s memory by ${tree_method})`;

export const watchdogWords: Record<StoryWatchdog['verdict'], Word> = {
  pass: { word: 'held', mark: '✓', ascii: '+', tone: 'good' },
  pass_with_note: { word: 'held, not proven', mark: '✓', ascii: '+', tone: 'open' },
  undecided: { word: 'undecided', mark: '?', ascii: '?', tone: 'open' },
  fail: { word: 'failed', mark: '✗', ascii: 'x', tone: 'bad' },
  reject_at_cap: { word: 'above the margin', mark: '✗', ascii: 'x', tone: 'bad' },
};

/**
 * `38.2 % lower (better)`: where the figure went, and whether that is good. Never “faster”: 38 % less time could be read as 1.38 or
 * as 1.62 times the speed.
 */
export function change(improvementPct: number, lowerIsBetter: boolean): string {
  return direction(improvementPct, lowerIsBetter, percent(Math.abs(improvementPct)));
}

/** The improvement in words, in the metric's unit if a percentage has no meaning. Null if nothing was measured. */
export function changeOf(effect: Effect, terms: Terms): string | null {
  const { unit, lower_is_better } = terms.primary;
  if (effect.improvement_pct !== null) return change(effect.improvement_pct, lower_is_better);
  if (effect.improvement === null) return null;
  return direction(effect.improvement, lower_is_better, quantity(Math.abs(effect.improvement), unit));
}

/** The improvement as a signed figure for a table: `+38.2 %`, `+157 ms`, `–`. */
export function signed(effect: Effect | null, unit: string): string {
  if (!effect) return '–';
  if (effect.improvement_pct !== null) return signedPercent(effect.improvement_pct);
  if (effect.improvement === null) return '–';
  return `${effect.improvement > 0 ? '+' : effect.improvement < 0 ? '−' : ''}${quantity(Math.abs(effect.improvement), unit)}`;
}

/** `35.1 to 41.0 %`; an end that the runs could not bound is infinite. */
export function interval(ci: Interval | null): string | null {
  return ci && percentInterval(ci);
}

/** A one-sided lower bound of the improvement: `at least 34.6 % better`, `up to 2.0 % worse`. */
export function atLeast(lowerBoundPct: number): string {
  const size = percent(Math.abs(lowerBoundPct));
  return lowerBoundPct < 0 ? `up to ${size} worse` : `at least ${size} better`;
}

/** The medians, `412 ms → 255 ms`. Null if an arm was not measured. */
export function medians(effect: Pick<Effect, 'baseline' | 'candidate'>, unit: string): string | null {
  return effect.baseline === null || effect.candidate === null ? null : fromTo(effect.baseline, effect.candidate, unit);
}

/** `p = 0.0012`, `p < 0.0001`; `exact` for values that do not vary, which need no test. */
export function pValue(effect: Effect): string {
  if (effect.p !== null) return pText(effect.p);
  const [low, high] = effect.ci95_pct ?? [null, null];
  return low !== null && low === high ? 'exact' : 'p –';
}

/** The p value without its name, for a table: `0.0012`, `< 0.0001`, `exact`, `–`. */
export function pCell(effect: Effect | null): string {
  return effect ? pValue(effect).replace(/^p (= )?/, '') : '–';
}

/** `20 + 20 runs`. */
export function runs(effect: Effect): string {
  return `${runsCell(effect)} runs`;
}

/** `20 + 20`, for a table. */
export function runsCell(effect: Effect | null): string {
  return effect ? `${effect.n_base} + ${effect.n_candidate}` : '–';
}

/** A watchdog's change in words. A regression is a negative improvement. */
export function regression(watchdog: StoryWatchdog, terms: Terms): string {
  if (watchdog.regression_pct === null) return 'not measured';
  const metric = terms.watchdogs.find((w) => w.name === watchdog.name);
  return change(-watchdog.regression_pct, metric?.lower_is_better ?? true);
}

export function shortCommit(commit: string | null): string | null {
  return commit?.slice(0, 7) ?? null;
}

/** A hotspot without its place, for a narrow label: `parseRows src/report.ts:42` becomes `parseRows`. */
export function brief(hotspot: string): string {
  return hotspot.replace(/\s+\S+:\d+$/, '');
}

function direction(improvement: number, lowerIsBetter: boolean, size: string): string {
  if (Number.parseFloat(size) === 0) return `unchanged (${size})`;
  const better = improvement > 0;
  return `${size} ${better === lowerIsBetter ? 'lower' : 'higher'} (${better ? 'better' : 'worse'})`;
}
