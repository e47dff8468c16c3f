import { noiseOf } from './design.ts';
import type { Design } from './resolvable.ts';
import { mustProve, type Rule } from './rule.ts';
import { noiseSessions, type Seen } from './simulated.ts';
import { slack } from './unlikely.ts';
import { sessionShift } from './widened.ts';

/**
 * The expected cost of an attempt (mean number of executions) and its chance of acceptance in per cent, at a given noise. The name of each
 * field begins with the true effect: none, or one and a half times or twice the threshold.
 */
export type Forecast = OfGains | OfNoWorse;
export type OfGains = { no_effect_executions: number; twice_executions: number; one_and_a_half_accepted_pct: number };
export type OfNoWorse = { no_effect_executions: number; no_effect_held_pct: number };

/**
 * Forecasts attempts by simulated sessions of noise (`noiseSessions`). Each session also serves as the confirmation of the previous
 * session. Every session begins with `discarded` executions per arm. Returns null if the lower bound need not reach the threshold (see
 * `mustProve`), or if the threshold is 0.
 */
export function forecast({ discarded, ...design }: Design & { discarded: number }): Forecast | null {
  const { rule, base, confirm } = design;
  const spread = noiseOf(base, design.candidate, rule);
  if (!mustProve(rule) || !Number.isFinite(spread)) return null;
  const sessions = simulated(design, spread);
  const at = (effect: number) => {
    const screens = sessions.map((session) => endOf(session, { rule, effect, spread }));
    const attempts = screens.map(({ passed, pairs }, i) => {
      const second = passed && confirm ? screens[(i + 1) % screens.length]! : null;
      const executions = 2 * (pairs + discarded) + (second ? 2 * (second.pairs + discarded) : 0);
      return { passed: passed && (second?.passed ?? true), executions };
    });
    const total = attempts.reduce((sum, a) => sum + a.executions, 0);
    return {
      executions: Math.round(total / attempts.length),
      passed_pct: Math.round((100 * attempts.filter((a) => a.passed).length) / attempts.length),
    };
  };
  const nothing = at(0);
  if (rule.claim === 'no_worse')
    return { no_effect_executions: nothing.executions, no_effect_held_pct: nothing.passed_pct };
  return {
    no_effect_executions: nothing.executions,
    twice_executions: at(2).executions,
    one_and_a_half_accepted_pct: at(1.5).passed_pct,
  };
}

/** One look of a simulated session, with the numbers (in σ) that decide whether the session ends there. */
type Ending = Seen & { last: boolean; slack: number };

function simulated({ rule, looks, base }: Design, spread: number): Ending[][] {
  const last = looks.at(-1)!;
  // `by` and `threshold` are on one scale: both are differences of logarithms, or both are in the unit of the metric
  const { type, pct_min, absolute_min } = rule.threshold;
  const shift = sessionShift(rule, base);
  const [by, threshold] =
    type === 'absolute' ? [shift.plain, absolute_min] : [shift.log, Math.abs(Math.log1p(-pct_min / 100))];
  return noiseSessions(rule.test, looks, by === 0 ? 0 : by / threshold / spread).map((session) =>
    session.map((seen) => ({ ...seen, last: seen.n === last.n, slack: slack(last, rule) })),
  );
}

/** Returns the result of a simulated session with a given spread and true effect, both as multiples of the threshold. */
function endOf(
  session: readonly Ending[],
  { rule, effect, spread }: { rule: Rule; effect: number; spread: number },
): { passed: boolean; pairs: number } {
  const isNoWorse = rule.claim === 'no_worse';
  const threshold = isNoWorse ? -1 : 1;
  for (const seen of session) {
    const at = (bound: number) => effect + spread * bound;
    const hopeless = !seen.last && at(seen.upper80) < threshold - spread * seen.slack * seen.spread;
    const passed = at(seen.lower) >= threshold;
    const ended = !isNoWorse && (at(seen.upper) < threshold || hopeless);
    if (passed || ended || seen.last) return { passed, pairs: seen.n };
  }
  throw new Error('no look of the simulated session is marked as the last');
}
