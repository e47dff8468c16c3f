import { quantile } from 'simple-statistics';
import { futileUnderOf } from './judge.ts';
import type { Look } from './looks.ts';
import { fromPercent, orNull, toPercent } from './percent.ts';
import { median } from './robust.ts';
import type { Rule } from './rule.ts';
import { noiseSessions, type Seen } from './simulated.ts';
import { spreadOfRun } from './spread.ts';
import { slack } from './unlikely.ts';
import { sessionShift } from './widened.ts';

/** The samples of a session of the base against itself, and the design that will judge the candidates. */
export type Design = { base: number[]; candidate: number[]; rule: Rule; looks: readonly Look[]; confirm: boolean };

/**
 * The smallest effect that the gate detects. A number is null if no effect would be large enough, or if the base's median is 0.
 */
export type Resolvable = {
  /** The smallest true improvement, in per cent of the base, that is accepted with a probability of 80 %. */
  improvement_pct: number | null;
  /** The smallest true improvement, in the metric's unit, that is accepted with a probability of 80 %. */
  improvement: number | null;
  /** Robust standard deviation of the samples, in per cent of the base's median. */
  noise_pct: number | null;
};

const power = 0.8;

/**
 * The smallest true improvement that passes with 80 % power. It must pass the screen and, if the contract has one, the confirmation.
 * Sessions of noise (normal, with outliers, σ = 1) are simulated from a fixed seed. A true effect moves every estimate and
 * bound of a session by its own size, so each session has one smallest effect that passes. The result is a quantile of these smallest
 * effects, scaled by the robust standard deviation of the samples.
 */
export function resolvable({ base, candidate, rule, looks, confirm }: Design): Resolvable {
  const direction = rule.lower_is_better ? 'decrease' : 'increase';
  const { type, pct_min, absolute_min } = rule.threshold;
  const centre = Math.abs(median(base));
  const sd = spreadOfRun(rule.test, base, candidate);
  const shift = sessionShift(rule, base);
  const needed: number[] = [];
  if (type !== 'absolute') {
    const sdOfLog = spreadOfRun(rule.test, base.map(Math.log), candidate.map(Math.log));
    const on = (pct: number) => fromPercent(pct, direction);
    const limits = { threshold: on(pct_min), futileUnder: futileUnderOf(rule, pct_min, on), shift: shift.log };
    const log = smallestEffect({ rule, looks, confirm }, sdOfLog, limits);
    needed.push((centre * toPercent(log, direction)) / 100);
  }
  if (type !== 'pct') {
    const futileUnder = futileUnderOf(rule, absolute_min, (x) => x);
    const limits = { threshold: absolute_min, futileUnder, shift: shift.plain };
    needed.push(smallestEffect({ rule, looks, confirm }, sd, limits));
  }
  const improvement = Math.max(...needed);
  return {
    improvement_pct: orNull((100 * improvement) / centre),
    improvement: orNull(improvement),
    noise_pct: orNull((100 * sd) / centre),
  };
}

/** The smallest effect that passes, on the scale of `sd`. Without noise, an effect that equals the threshold passes. */
function smallestEffect(
  { rule, looks, confirm }: Pick<Design, 'rule' | 'looks' | 'confirm'>,
  sd: number,
  { threshold, futileUnder, shift }: { threshold: number; futileUnder: number; shift: number },
): number {
  if (sd === 0 || !Number.isFinite(threshold)) return threshold + shift;
  const passingFrom = noiseSessions(rule.test, looks, shift / sd).map((session) =>
    smallestPassing(rule, looks.at(-1)!, session, threshold / sd, futileUnder / sd),
  );
  // Screen and confirmation are independent sessions, and both must pass.
  return sd * quantile(passingFrom, confirm ? Math.sqrt(power) : power);
}

/** The smallest effect that passes in this session of noise, in σ. */
function smallestPassing(
  rule: Rule,
  last: Look,
  session: readonly Seen[],
  threshold: number,
  futileUnder: number,
): number {
  let best = Infinity;
  let goesOn = -Infinity;
  const perSpread = slack(last, rule);
  for (const { n, estimate, lower, upper, upper80, spread } of session) {
    const observed = threshold - estimate;
    const needed = !rule.threshold.significance_required
      ? observed
      : rule.claim === 'observed'
        ? Math.max(observed, -lower)
        : threshold - lower;
    best = Math.min(best, Math.max(needed, goesOn));
    if (rule.claim === 'no_worse') continue; // a session of `no_worse` ends early only for a regression
    goesOn = Math.max(goesOn, futileUnder - estimate, threshold - upper);
    if (rule.rules > 1 && n < last.n) goesOn = Math.max(goesOn, threshold - perSpread * spread - upper80);
  }
  return best;
}
