import { isDeterministic } from '../contract/schema/metrics.ts';
import { rulesOf } from '../experiment/session-judge.ts';
import { attemptAlpha, type Look, looks } from '../stats/looks.ts';
import type { Test } from '../stats/rule.ts';
import { accepted, attemptNumber, baselineOf, contractOf } from './history.ts';
import { type RunState, stepsOf } from './state.ts';

/** What is decided about a session before its first execution: by the contract and the run's history alone, so that it can be checked afterwards. */
export type Planned = {
  id: string;
  looks: readonly Look[];
  test: Test;
  /** False measures all the pairs, for a figure and not for a decision. */
  decides: boolean;
  /** The base is not measured: its samples are those of an arm of an earlier session. */
  baseFrom?: { session: string; arm: 'base' | 'candidate' };
};

/** The base against itself, for the first or the second time. A baseline that is measured again, for another contract, has sessions of its own. */
export function baselineSession(state: RunState, number: number): Planned {
  const { metrics, repro, significance } = contractOf(state);
  const n = isDeterministic(metrics.primary)
    ? Math.max(2, Math.min(4, repro.measurement_runs))
    : repro.measurement_runs;
  return {
    id: `${String(state.epoch).padStart(2, '0')}-baseline-aa-${number}`,
    looks: [{ n, alpha: significance.alpha }],
    test: 'mann_whitney',
    decides: false,
  };
}

/** A session of the open attempt. */
export function attemptSession(state: RunState, name: 'screen' | 'confirmation'): Planned {
  const { repro, significance, confirm, order } = contractOf(state);
  const { test, aa } = baselineOf(state);
  const attempt = attemptNumber(state);
  const alpha = attemptAlpha(significance.alpha, attempt, confirm);
  return {
    id: `attempt-${String(attempt).padStart(2, '0')}-${name}`,
    looks: looks(repro.measurement_runs, repro.max_runs, alpha, test, rulesOf(contractOf(state))),
    test,
    decides: true,
    ...(order === 'sequential' ? { baseFrom: measuredBefore(state, aa[0]!.session) } : {}),
  };
}

/** The base against the final head: all the pairs, no early stop. */
export function totalSession(state: RunState): Planned {
  const { metrics, repro, significance, isolation } = contractOf(state);
  const { test, aa } = baselineOf(state);
  const n = isDeterministic(metrics.primary) ? 4 : repro.max_runs;
  return {
    id: 'report',
    looks: [{ n, alpha: significance.alpha }],
    test,
    decides: false,
    ...(isolation === 'in_place' ? { baseFrom: { session: aa[0]!.session, arm: 'base' } } : {}),
  };
}

/** With `order: sequential` the base was measured before: by the baseline, or as the candidate of the last accepted attempt. */
function measuredBefore(state: RunState, aa: string): NonNullable<Planned['baseFrom']> {
  const last = accepted(state).at(-1);
  const step = last && stepsOf(state, 'remeasure').find((s) => s.attempt === last.attempt);
  const session = step?.data.confirmation ?? step?.data.screen;
  return session ? { session: session.session, arm: 'candidate' } : { session: aa, arm: 'base' };
}
