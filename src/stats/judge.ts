import { differences, effect, type Scale, toleranceOf } from './effect.ts';
import { type Effect, reaches } from './hodges-lehmann.ts';
import type { Judgement } from './judgement.ts';
import type { Look } from './looks.ts';
import { mannWhitney, type PValues } from './mann-whitney.ts';
import { regressed } from './no-worse.ts';
import { isSignificant } from './null-distribution.ts';
import { fromPercent, orNull, toPercent } from './percent.ts';
import { median } from './robust.ts';
import { type Rule, refuseProblem, samplesProblem } from './rule.ts';
import { signedRank } from './signed-rank.ts';
import { spreadOfRun } from './spread.ts';
import { type Unlikely, unlikely } from './unlikely.ts';
import { armWarnings, tieWarnings, type Warning } from './warnings.ts';
import { sessionShift, widened } from './widened.ts';

export type { Judgement, Rule };

/** The claim that an effect reaches a threshold. Both are on the scale `scale`. */
type Claim = { effect: Effect; scale: Scale; threshold: number; futileUnder: number; tolerance: number };

/**
 * Under version 1 of the rules, an estimate below this share of the threshold ends an attempt. On a busy machine, this rule rejected true
 * gains.
 */
const futileShare = 0.6;

/**
 * Judges the samples of two arms, in order of measurement (index i of both is pair i), at the alpha of this look. `last`: the last look
 * that the session may still reach. Absent if no more samples can be taken.
 * @throws RangeError if `samplesProblem` finds a problem
 */
export function judge(base: number[], candidate: number[], rule: Rule, alpha: number, last?: Look): Judgement {
  refuseProblem(samplesProblem(base, candidate, rule));
  const [a, b] = rule.lower_is_better ? [base, candidate] : [candidate, base];
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const shift = sessionShift(rule, base);
  const plain = widened(effect(rule.test, 'plain', a, b), shift.plain);
  const log = [...base, ...candidate].every((v) => v > 0) ? widened(effect(rule.test, 'log', a, b), shift.log) : null;
  const percent = (x: number) => orNull(toPercent(x, direction));

  const { type, pct_min, absolute_min } = rule.threshold;
  const claims: Claim[] = [];
  if (type !== 'absolute' && log) {
    const threshold = fromPercent(pct_min, direction);
    const futileUnder = futileUnderOf(rule, pct_min, (pct) => fromPercent(pct, direction));
    claims.push({ effect: log, scale: 'log', threshold, futileUnder, tolerance: toleranceOf('log', a, b) });
  }
  if (type !== 'pct') {
    const futileUnder = futileUnderOf(rule, absolute_min, (amount) => amount);
    const tolerance = toleranceOf('plain', a, b);
    claims.push({ effect: plain, scale: 'plain', threshold: absolute_min, futileUnder, tolerance });
  }

  const ranks = mannWhitney(a, b);
  const signed = base.length === candidate.length ? pairedTest(a, b, type) : null;
  const pValues = {
    mann_whitney: ranks.greater,
    wilcoxon_signed_rank: signed?.greater ?? null,
    mean_2sigma: effect('mean_2sigma', 'plain', a, b).p(0),
  };
  // All claims must be shown, so the p-value of the judgement is the largest p-value of a claim (intersection-union test).
  const shifted = Math.max(...claims.map((c) => c.effect.p(c.threshold)));
  const none = shift.log > 0 ? Math.max(...claims.map((c) => c.effect.p(0))) : pValues[rule.test]!;
  const p = rule.claim === 'observed' ? none : shifted;
  const estimateReaches = claims.every((c) => reaches(c.effect.estimate, c.threshold, c.tolerance));
  const isNoWorse = rule.claim === 'no_worse';
  // Under `no_worse`, a proof and a refutation of the claim both use the alpha of the look.
  const alphaOfNo = isNoWorse ? alpha : 0.05;
  const below = claims.some(({ effect: seen, scale, threshold, tolerance }) => {
    if (!isNoWorse) return seen.upper(alphaOfNo) < threshold - tolerance;
    const worse = widened(effect(rule.test, scale, b, a), shift[scale]);
    return regressed({ effect: worse, margin: -threshold, tolerance }, alphaOfNo);
  });
  const mayEnd = !below && rule.rules > 1 && !isNoWorse && last && candidate.length < last.n;
  const hardly = mayEnd ? hardlyAny(claims, rule, [a, b], last) : null;
  const cles = ranks.u / (base.length * candidate.length);
  const medians = [median(base), median(candidate)] as const;

  return {
    baseline: medians[0],
    candidate: medians[1],
    improvement_pct: log && percent(log.estimate),
    improvement: plain.estimate,
    ci95_pct: log && [percent(log.lower(0.025)), percent(log.upper(0.025))],
    ci95: [orNull(plain.lower(0.025)), orNull(plain.upper(0.025))],
    lower_bound_pct: log && percent(log.lower(alpha)),
    lower_bound: orNull(plain.lower(alpha)),
    upper_bound_pct: log && percent(log.upper(alphaOfNo)),
    upper_bound: orNull(plain.upper(alphaOfNo)),
    p,
    p_shifted: shifted,
    p_values: pValues,
    u: ranks.u,
    w: signed?.v ?? null,
    cles,
    n_base: base.length,
    n_candidate: candidate.length,
    alpha,
    passes: passes(rule, estimateReaches, isSignificant(p, alpha)),
    futile: below || hardly !== null || claims.some((c) => c.effect.estimate < c.futileUnder - c.tolerance),
    below_threshold: below,
    unlikely: hardly,
    warnings: [
      ...armWarnings('base', base),
      ...armWarnings('candidate', candidate),
      ...tieWarnings(base, candidate),
      ...(log && estimateReaches && !isNoWorse ? tailWarnings(rule, log.estimate, medians) : []),
    ],
  };
}

/** A session ends for futility if its estimate is below this value. */
export function futileUnderOf({ rules }: Rule, threshold: number, onScale: (threshold: number) => number): number {
  return rules === 1 ? onScale(futileShare * threshold) : -Infinity;
}

/**
 * Finds the first claim that is unlikely to pass at the last look. Null if no claim is unlikely. One unlikely claim ends the attempt,
 * because all claims must pass.
 */
function hardlyAny(claims: readonly Claim[], rule: Rule, [a, b]: [number[], number[]], last: Look): Unlikely | null {
  for (const { effect, scale, threshold } of claims) {
    const [x, y] = scale === 'log' ? [a.map(Math.log), b.map(Math.log)] : [a, b];
    const found = unlikely({ effect, threshold, spread: spreadOfRun(rule.test, x, y), last, rule });
    if (found) return found;
  }
  return null;
}

function passes(rule: Rule, estimateReaches: boolean, significant: boolean): boolean {
  if (!rule.threshold.significance_required) return estimateReaches;
  return rule.claim === 'observed' ? significant && estimateReaches : significant;
}

/**
 * Signed-rank test against no difference, on the scale of the threshold. For the type `both`, tests on both scales, and returns the result
 * with the larger p-value.
 */
export function pairedTest(a: number[], b: number[], type: Rule['threshold']['type']): PValues & { v: number } {
  const on = (scale: 'log' | 'plain') => {
    const [x, y] = scale === 'log' ? [a.map(Math.log), b.map(Math.log)] : [a, b];
    return signedRank(differences(x, y), toleranceOf(scale, a, b));
  };
  if (type !== 'both') return on(type === 'pct' ? 'log' : 'plain');
  const [log, plain] = [on('log'), on('plain')];
  return log.greater > plain.greater ? log : plain;
}

/** Warns if the estimate is more than twice the change of the medians, or less than half of this change. */
function tailWarnings(rule: Rule, estimate: number, [base, candidate]: readonly [number, number]): Warning[] {
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const ofMedians = rule.lower_is_better ? Math.log(base / candidate) : Math.log(candidate / base);
  if (Math.min(estimate, ofMedians) >= Math.max(estimate, ofMedians) / 2) return [];
  return [
    {
      code: 'tail_only',
      improvement_pct: toPercent(estimate, direction),
      medians_pct: toPercent(ofMedians, direction),
    },
  ];
}
