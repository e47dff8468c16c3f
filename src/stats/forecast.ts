import { noiseOf } from './design.ts';
import type { Look } from './looks.ts';
import type { Design } from './resolvable.ts';
import { mustProve } from './rule.ts';
import { noiseSessions, type Seen } from './simulated.ts';
import { slack } from './unlikely.ts';

/** What attempts will cost with this noise, and what they will see; by effects in multiples of the threshold. */
export type Forecast = {
  /** Mean executions of an attempt without an effect, and of one with twice the threshold. */
  no_effect_executions: number;
  twice_executions: number;
  /** How many attempts in a hundred are accepted whose true effect is one and a half times the threshold. */
  one_and_a_half_accepted_pct: number;
};

/** How a simulated attempt ended, and after how many pairs. */
type Ended = { passed: boolean; pairs: number };

/**
 * Forecasts attempts by simulated sessions of noise (`noiseSessions`), each followed by the next as its confirmation. `discarded` executions
 * an arm precede every session. Null where only an exact comparison or an estimate decides, or the threshold is 0.
 */
export function forecast({ discarded, ...design }: Design & { discarded: number }): Forecast | null {
  const { rule, looks, confirm } = design;
  const spread = noiseOf(design.base, design.candidate, rule);
  if (!mustProve(rule) || !Number.isFinite(spread)) return null;
  const sessions = noiseSessions(rule.test, looks);
  const attempts = (effect: number) => {
    const screens = sessions.map((session) => endOf(session, looks.at(-1)!, design, { effect, spread }));
    return screens.map(({ passed, pairs }, i) => {
      const second = passed && confirm ? screens[(i + 1) % screens.length]! : null;
      const executions = 2 * (pairs + discarded) + (second ? 2 * (second.pairs + discarded) : 0);
      return { accepted: passed && (second?.passed ?? true), executions };
    });
  };
  const mean = (effect: number) => attempts(effect).reduce((sum, a) => sum + a.executions, 0) / sessions.length;
  const accepted = attempts(1.5).filter((a) => a.accepted).length / sessions.length;
  return {
    no_effect_executions: Math.round(mean(0)),
    twice_executions: Math.round(mean(2)),
    one_and_a_half_accepted_pct: Math.round(100 * accepted),
  };
}

/** A session of noise of this spread with this true effect; both in thresholds. */
function endOf(
  session: readonly Seen[],
  last: Look,
  { rule }: Pick<Design, 'rule'>,
  { effect, spread }: { effect: number; spread: number },
): Ended {
  const perSpread = slack(last, rule);
  for (const seen of session) {
    const at = (bound: number) => effect + spread * bound;
    if (at(seen.lower) >= 1) return { passed: true, pairs: seen.n };
    const hopeless = seen.n < last.n && at(seen.upper80) < 1 - spread * perSpread * seen.spread;
    if (at(seen.upper) < 1 || hopeless) return { passed: false, pairs: seen.n };
  }
  return { passed: false, pairs: last.n };
}
