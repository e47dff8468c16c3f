import { isDeterministic } from '../contract/schema/metrics.ts';
import { runsOf } from '../contract/schema/runs.ts';
import type { SessionData } from '../experiment/judged.ts';
import { looksOf } from '../experiment/session-judge.ts';
import { deciding } from '../experiment/verdict.ts';
import { attemptAlpha, type Look } from '../stats/looks.ts';
import type { Test } from '../stats/rule.ts';
import { accepted, askedOf, attemptNumber, baselineOf, contractOf } from './history.ts';
import { type RunState, stepsOf } from './state.ts';

/**
 * The plan of a session, made before its first execution. The plan depends on the contract and the run's history alone, so that `verify`
 * can compute the plan again.
 */
export type Planned = {
  id: string;
  looks: readonly Look[];
  test: Test;
  /** If false, the session measures all pairs, because it gives an estimate and no verdict. */
  decides: boolean;
  /** True if a verdict depends on this session's samples alone. After an interruption such a session is measured again from the start. */
  inOnePiece?: boolean;
  /** The earlier session and arm that supply the base's samples. Absent if the session measures the base. */
  baseFrom?: { session: string; arm: 'base' | 'candidate' };
};

/**
 * The session that measures the base against itself, for the first or the second time. The session's id contains the epoch, because a
 * changed contract needs a new baseline.
 */
export function baselineSession(state: RunState, number: number): Planned {
  const { metrics, repro, significance } = contractOf(state);
  const { first } = runsOf(repro);
  const n = isDeterministic(metrics.primary) ? Math.max(2, Math.min(4, first)) : first;
  return {
    id: `${String(state.epoch).padStart(2, '0')}-baseline-aa-${number}`,
    looks: [{ n, alpha: significance.alpha }],
    test: 'mann_whitney',
    decides: false,
  };
}

/** The session that measures the base of the open attempt against itself, if the host has not measured this base yet. */
export function controlSession(state: RunState, number: number): Planned {
  const attempt = String(attemptNumber(state)).padStart(2, '0');
  return { ...baselineSession(state, number), id: `attempt-${attempt}-control-${number}` };
}

/** A session (screen or confirmation) of the open attempt. */
export function attemptSession(state: RunState, name: 'screen' | 'confirmation'): Planned {
  const contract = contractOf(state);
  const { significance, confirm, order } = contract;
  const { test, aa, looks } = baselineOf(state);
  const attempt = attemptNumber(state);
  const alpha = attemptAlpha(significance.alpha, attempt, confirm);
  return {
    id: `attempt-${String(attempt).padStart(2, '0')}-${name}`,
    looks: looksOf(contract, test, looks, alpha),
    test,
    decides: true,
    // a screen does not decide alone if a confirmation must follow
    inOnePiece: name === 'confirmation' || !confirm || isDeterministic(contract.metrics.primary),
    ...(order === 'sequential' ? { baseFrom: measuredBefore(state, aa[0]!.session) } : {}),
  };
}

/** The session that measures the base against the final head. It measures all pairs without stopping early. */
export function totalSession(state: RunState): Planned {
  const { metrics, significance, isolation } = contractOf(state);
  const { test, aa } = baselineOf(state);
  const n = isDeterministic(metrics.primary) ? 4 : askedOf(state).max_runs;
  return {
    id: 'report',
    looks: [{ n, alpha: significance.alpha }],
    test,
    decides: false,
    inOnePiece: true,
    ...(isolation === 'in_place' ? { baseFrom: { session: aa[0]!.session, arm: 'base' } } : {}),
  };
}

/** The deciding session of the last accepted attempt, whose candidate is now the base. Null if no attempt was accepted. */
export function lastAccepted(state: RunState): SessionData | null {
  const last = accepted(state).at(-1);
  return last ? decidedBy(state, last) : null;
}

/** The session that decided an attempt. Null if no session was measured to the end. */
export function decidedBy(state: RunState, { attempt }: { attempt: number }): SessionData | null {
  const step = stepsOf(state, 'remeasure').find((s) => s.attempt === attempt);
  return step ? deciding(step.data) : null;
}

/**
 * The earlier session that measured the base, if the contract says `order: sequential`: the baseline, or the session of the last accepted
 * attempt.
 */
function measuredBefore(state: RunState, aa: string): NonNullable<Planned['baseFrom']> {
  const session = lastAccepted(state);
  return session ? { session: session.session, arm: 'candidate' } : { session: aa, arm: 'base' };
}
