import { accepted, attemptsOf, contractOf, hasContract } from './history.ts';
import { lastStep, type RunState, stepsOf } from './state.ts';

/** A sentence about the contract's limit that the run reached. Null if the run reached no limit. `now` is ISO 8601. */
export function limitReached(state: RunState, now: string): string | null {
  if (!hasContract(state)) return null;
  const { max_attempts, max_minutes, max_rejects_in_a_row } = contractOf(state).limits;
  const attempts = attemptsOf(state);
  const lastAccepted = attempts.findLastIndex((a) => a.kept);
  const minutes = (Date.parse(now) - Date.parse(state.started_at)) / 60_000;
  if (attempts.length >= max_attempts) return `${max_attempts} attempts were made (limits.max_attempts)`;
  if (attempts.length - 1 - lastAccepted >= max_rejects_in_a_row)
    return `${max_rejects_in_a_row} attempts in a row were not accepted (limits.max_rejects_in_a_row)`;
  if (listsInVain(state) >= max_rejects_in_a_row)
    return `${max_rejects_in_a_row} lists of hotspots in a row led to no attempt (limits.max_rejects_in_a_row)`;
  if (minutes >= max_minutes) return `${max_minutes} minutes have passed (limits.max_minutes)`;
  return null;
}

/**
 * The number of hotspot lists that were proposed since the last verdict. Without a limit on the number of lists, an agent could propose and
 * skip hotspots without end.
 */
function listsInVain(state: RunState): number {
  const judged = lastStep(state, 'verdict')?.epoch ?? 0;
  return stepsOf(state, 'hotspots').filter((s) => s.result === 'proposed' && s.epoch > judged).length;
}

/** The product of the accepted changes' gains, in per cent of the base. Null if no change was accepted, or if a gain has no percentage. */
export function productOfGains(state: RunState): number | null {
  const gains = accepted(state).map((a) => a.primary?.improvement_pct ?? null);
  if (gains.length === 0 || gains.some((g) => g === null)) return null;
  const lower = contractOf(state).metrics.primary.lower_is_better;
  const left = gains.reduce<number>((product, g) => product * (lower ? 1 - g! / 100 : 1 + g! / 100), 1);
  return lower ? 100 * (1 - left) : 100 * (left - 1);
}

/** Whether the accepted changes together reach `goal.pct`. False if the contract has no goal. */
export function goalMet(state: RunState): boolean {
  const goal = hasContract(state) ? contractOf(state).goal : undefined;
  const gained = productOfGains(state);
  return goal !== undefined && gained !== null && gained >= goal.pct;
}
