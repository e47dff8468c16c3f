import type { Contract } from '../contract/schema/contract.ts';
import { percent, quantity } from '../core/units.ts';
import type { Reason, RemeasureData, SessionData, Verdict } from '../record/data.ts';
import { thresholdText } from '../report/threshold-text.ts';
import type { Judgement } from '../stats/judgement.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';

export type Judged = { verdict: Verdict; reasons: Reason[] };

/** The session that decides: the confirmation alone, where there was one. */
export function deciding({ screen, confirmation }: Pick<RemeasureData, 'screen' | 'confirmation'>): SessionData | null {
  return confirmation ?? screen;
}

/**
 * The verdict of an attempt, with every reason. Accepted: guards, watchdogs, screen and confirmation pass. Rejected: a guard, a run or
 * a watchdog failed, or the effect is shown to be under the threshold. Inconclusive: all else.
 */
export function judgeAttempt(measured: RemeasureData, contract: Contract): Judged {
  if (measured.broken) return { verdict: 'rejected', reasons: [measured.broken] };
  const session = deciding(measured)!;
  const seen = session.judgement!;
  const failed = session.watchdogs.filter((w) => w.verdict === 'fail' || w.verdict === 'reject_at_cap');
  if (failed.length > 0) return { verdict: 'rejected', reasons: failed.map(watchdogReason) };
  const notes = session.watchdogs.filter((w) => w.verdict === 'pass_with_note').map(noteReason);
  const passed = session.stopped === 'passed' || (session.stopped === 'exact' && seen.passes);
  if (passed) return { verdict: 'accepted', reasons: [clears(seen, contract), ...notes] };
  if (seen.below_threshold) return { verdict: 'rejected', reasons: [below(seen, contract)] };
  // A stop for futility rejects what was screened; a confirmation contradicts its screen, so only its bounds may say no.
  if (seen.futile && !measured.confirmation) return { verdict: 'rejected', reasons: [futile(seen, contract)] };
  return { verdict: 'inconclusive', reasons: [undecided(seen, contract, measured.confirmation !== null)] };
}

function clears(seen: Judgement, contract: Contract): Reason {
  const asked = thresholdText(contract);
  if (seen.p === null)
    return { code: 'threshold_reached', text: `${estimate(seen, contract)}, compared exactly; asked for: ${asked}` };
  if (!contract.threshold.significance_required)
    return {
      code: 'estimate_reaches',
      text: `the estimate ${estimate(seen, contract)} reaches what was asked for (${asked}); its significance was not required`,
    };
  if (contract.claim === 'observed')
    return {
      code: 'observed',
      text: `the estimate ${estimate(seen, contract)} reaches what was asked for (${asked}), and a difference is proved (${pText(seen)}); the size is not proved`,
    };
  return {
    code: 'proven',
    text: `the lower bound ${bound(seen, 'lower', contract)} clears what was asked for (${asked}), ${pText(seen)}`,
  };
}

function below(seen: Judgement, contract: Contract): Reason {
  return {
    code: 'below_threshold',
    text: `the effect is at most ${bound(seen, 'upper', contract)} (estimate ${estimate(seen, contract)}); asked for: ${thresholdText(contract)}`,
  };
}

function futile(seen: Judgement, contract: Contract): Reason {
  return {
    code: 'futile',
    text: `the estimate ${estimate(seen, contract)} is far under what was asked for (${thresholdText(contract)}), so sampling was stopped`,
  };
}

function undecided(seen: Judgement, contract: Contract, confirming: boolean): Reason {
  const where = confirming ? 'the confirmation did not repeat what the screen showed' : 'the runs do not decide';
  return {
    code: confirming ? 'not_confirmed' : 'undecided',
    text: `${where}: estimate ${estimate(seen, contract)}, between ${bound(seen, 'lower', contract)} and ${bound(seen, 'upper', contract)}, ${pText(seen)}; more than ${contract.repro.max_runs} runs a side, or less noise, would decide`,
  };
}

function watchdogReason(w: WatchdogJudgement): Reason {
  return {
    code: 'watchdog_failed',
    text: `${w.name} got ${regression(w)} worse; at most ${w.margin_pct} % is allowed`,
  };
}

function noteReason(w: WatchdogJudgement): Reason {
  return {
    code: 'watchdog_unsure',
    text: `${w.name}: ${regression(w)} worse by the estimate; the runs do not exclude more than ${w.margin_pct} %`,
  };
}

const regression = (w: WatchdogJudgement) =>
  w.regression_pct === null ? 'without limit' : `${w.regression_pct.toFixed(1)} %`;

const pText = ({ p }: Judgement) =>
  p === null ? 'compared exactly' : p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`;

/** In per cent, or in the metric's unit where the threshold is absolute. */
function estimate(seen: Judgement, contract: Contract): string {
  const { unit } = contract.metrics.primary;
  return contract.threshold.type === 'absolute' || seen.improvement_pct === null
    ? quantity(seen.improvement, unit)
    : percent(seen.improvement_pct);
}

function bound(seen: Judgement, side: 'lower' | 'upper', contract: Contract): string {
  const absolute = contract.threshold.type === 'absolute';
  const value = absolute ? seen[`${side}_bound`] : seen[`${side}_bound_pct`];
  if (value === null) return 'no bound';
  return absolute ? quantity(value, contract.metrics.primary.unit) : percent(value);
}
