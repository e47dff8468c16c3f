import { percent, percentInterval } from '../core/figures.ts';
import { fromTo } from '../core/units.ts';
import type { Answer } from '../experiment/judged.ts';
import type { OutcomeName } from '../record/outcome.ts';
import type { Interval } from '../stats/judgement.ts';
import type { Effect, StoryWatchdog, Terms } from './story/story.ts';

type Tone = 'good' | 'bad' | 'open';
type Word = { word: string; mark: string; ascii: string; tone: Tone };

/** The printed word for each outcome and verdict. Each word has a sign, because colour must never be the only distinction. */
export const outcomeWords: Record<OutcomeName | Answer, Word> = {
  accepted: { word: 'accepted', mark: '✓', ascii: '+', tone: 'good' },
  rejected: { word: 'rejected', mark: '✗', ascii: 'x', tone: 'bad' },
  inconclusive: { word: 'inconclusive', mark: '?', ascii: '?', tone: 'open' },
  aborted: { word: 'aborted', mark: '■', ascii: '-', tone: 'open' },
  held: { word: 'held', mark: '✓', ascii: '+', tone: 'good' },
  regressed: { word: 'regressed', mark: '✗', ascii: 'x', tone: 'bad' },
  undecided: { word: 'undecided', mark: '?', ascii: '?', tone: 'open' },
  escalated: { word: 'needs a person', mark: '!', ascii: '!', tone: 'bad' },
};

/**
 * The method of a measurement in words: `native`, or `native (memory of the process tree measured by pss)`. Samples of different methods
 * are never compared.
 */
export const methodText = ({ method, tree_method }: { method: string; tree_method: string | null }): string =>
  tree_method === null ? method : `${method} (memory of the process tree measured by ${tree_method})`;

/** Returns ` on bench-3` for a session that another machine measured. Returns an empty text for any other session. */
export const onHost = ({ host }: { host?: string | undefined }): string => (host === undefined ? '' : ` on ${host}`);

export const watchdogWords: Record<StoryWatchdog['verdict'], Word> = {
  pass: { word: 'held', mark: '✓', ascii: '+', tone: 'good' },
  pass_with_note: { word: 'held, not proven', mark: '✓', ascii: '+', tone: 'open' },
  undecided: { word: 'undecided', mark: '?', ascii: '?', tone: 'open' },
  fail: { word: 'failed', mark: '✗', ascii: 'x', tone: 'bad' },
  reject_at_cap: { word: 'above the margin', mark: '✗', ascii: 'x', tone: 'bad' },
};

/**
 * A change in words, such as `38.2 % lower (better)`: the direction of the change, and whether the change is good. The words never say
 * “faster”, because a reader could take 38 % less time as 1.38 or as 1.62 times the speed.
 */
export function change(improvementPct: number, lowerIsBetter: boolean): string {
  return direction(improvementPct, lowerIsBetter, percent(Math.abs(improvementPct)));
}

/** An interval in words, such as `35.1 to 41.0 %`. If the interval has no bound at one end, this end is infinite. */
export function interval(ci: Interval | null): string | null {
  return ci && percentInterval(ci);
}

/**
 * A one-sided lower bound of the improvement in words, such as `at least 34.6 % better` or `at most 2.0 % worse`. `size`: the bound as text
 * without its sign, such as `34.6 %`.
 */
export function bounded(lowerBound: number, size: string): string {
  return lowerBound < 0 ? `at most ${size} worse` : `at least ${size} better`;
}

/** The medians of both arms, such as `412 ms and 318 ms`. Null if one of the arms was not measured. */
export function medians({ baseline, candidate }: Pick<Effect, 'baseline' | 'candidate'>, unit: string): string | null {
  return baseline === null || candidate === null ? null : fromTo(baseline, candidate, unit).replace(' → ', ' and ');
}

/** `20 + 20 samples`. */
export function runs(effect: Effect): string {
  return `${runsCell(effect)} samples`;
}

/** `20 + 20`, for a table. */
export function runsCell(effect: Effect | null): string {
  return effect ? `${effect.n_base} + ${effect.n_candidate}` : '–';
}

/**
 * A watchdog's values, such as `412 ms → 418 ms`: the base's median, then this median after the estimated regression. If the regression has
 * no percentage, the second value is the candidate's median. Null if nothing was measured.
 */
export function watchdogMoved(
  { name, baseline, candidate, regression_pct }: StoryWatchdog,
  terms: Terms,
): string | null {
  const metric = terms.watchdogs.find((w) => w.name === name);
  if (baseline === null || candidate === null) return null;
  if (regression_pct === null) return fromTo(baseline, candidate, metric?.unit ?? '');
  const sign = (metric?.lower_is_better ?? true) ? 1 : -1;
  return fromTo(baseline, baseline * (1 + (sign * regression_pct) / 100), metric?.unit ?? '');
}

/** The label of a threshold line. A threshold below zero is the margin of `no_worse`. */
export const thresholdLabel = (pct: number): string => (pct < 0 ? `margin ${-pct} %` : `threshold ${pct} %`);

/** A watchdog's change in words, such as `3.1 % higher (worse)`. */
export function regression(watchdog: StoryWatchdog, terms: Terms): string {
  if (watchdog.regression_pct === null) return 'not measured';
  const metric = terms.watchdogs.find((w) => w.name === watchdog.name);
  return change(-watchdog.regression_pct, metric?.lower_is_better ?? true);
}

export function shortCommit(commit: string | null): string | null {
  return commit?.slice(0, 7) ?? null;
}

/** The name of a hotspot without file and line, for a narrow label: `parseRows src/report.ts:42` becomes `parseRows`. */
export function brief(hotspot: string): string {
  return hotspot.replace(/\s+\S+:\d+$/, '');
}

/** A change of the given size in words: the direction of the change, and whether the change is good. */
export function direction(improvement: number, lowerIsBetter: boolean, size: string): string {
  if (Number.parseFloat(size) === 0) return `unchanged (${size})`;
  const better = improvement > 0;
  return `${size} ${better === lowerIsBetter ? 'lower' : 'higher'} (${better ? 'better' : 'worse'})`;
}
