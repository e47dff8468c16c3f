import type { ArmName } from './arm.ts';
import type { Sample } from './sample.ts';

/**
 * The warning that failed executions of an arm count as samples. They count only if the user asked for it by an option. The samples can
 * mislead, because a failing program may be fast.
 */
export type FailuresCounted = {
  code: 'failures_counted';
  arm: ArmName;
  failed: number;
  runs: number;
  exit_codes: number[];
};

/** A warning for each arm with failed executions that count. Empty if failures end a session. */
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
