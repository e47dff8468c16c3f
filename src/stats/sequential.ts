import type { Judgement } from './judgement.ts';
import type { WatchdogVerdict } from './watchdog.ts';

/** The next action after a look, and the state of the session. `look`: the index of the look that decided the primary metric. */
export type Decision =
  /** `passed`: the primary metric has passed, and sampling continues for a watchdog. */
  | { action: 'continue'; state: 'undecided' | 'passed'; look: number }
  | { action: 'stop'; state: 'passed' | 'failed_futile' | 'failed_watchdog' | 'undecided'; look: number };

/**
 * Decides whether a session continues. The decision depends on the judgements of all looks so far (at least one), the watchdogs at the
 * latest look, and the number of looks that are left. A primary metric that has passed stays passed. Later samples, taken for a watchdog,
 * do not change the result of the primary metric.
 */
export function decide(
  judgements: readonly Pick<Judgement, 'passes' | 'futile'>[],
  watchdogs: readonly WatchdogVerdict[],
  looksLeft: number,
): Decision {
  const passedAt = judgements.findIndex((j) => j.passes);
  const look = passedAt < 0 ? judgements.length - 1 : passedAt;
  const more = looksLeft > 0;
  if (watchdogs.some((v) => v === 'fail' || v === 'reject_at_cap'))
    return { action: 'stop', state: 'failed_watchdog', look };
  if (passedAt >= 0) {
    if (!watchdogs.includes('undecided')) return { action: 'stop', state: 'passed', look };
    return more ? { action: 'continue', state: 'passed', look } : { action: 'stop', state: 'undecided', look };
  }
  if (judgements.at(-1)!.futile) return { action: 'stop', state: 'failed_futile', look };
  return more ? { action: 'continue', state: 'undecided', look } : { action: 'stop', state: 'undecided', look };
}
