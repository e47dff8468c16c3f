import type { ArmName } from './arm.ts';
import type { Sample } from './sample.ts';

/**
 * The warning that samples of an arm come from failed executions. Failed executions count only if the user sets an option. The warning is
 * needed because a program that fails is often fast.
 */
export type FailuresCounted = {
  code: 'failures_counted';
  arm: ArmName;
  failed: number;
  runs: number;
  exit_codes: number[];
};

/**
 * A warning for each arm that has samples of failed executions. Without the user's option, a failure ends the session, so there are no such
 * samples.
 */
export function failuresCounted(samples: readonly Sample[]): FailuresCounted[] {
  return (['base', 'candidate'] as const).flatMap((arm): FailuresCounted[] => {
    const its = samples.filter((s) => s.arm === arm && !s.warmup);
    const failed = its.filter((s) => s.exit_code !== 0);
    const exit_codes = [...new Set(failed.map((s) => s.exit_code))].sort((a, b) => a - b);
    return failed.length === 0
      ? []
      : [{ code: 'failures_counted', arm, failed: failed.length, runs: its.length, exit_codes }];
  });
}
