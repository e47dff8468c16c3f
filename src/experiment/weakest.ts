import type { Verdict } from './judged.ts';

/** The combination of several verdicts. It is accepted if all verdicts are accepted, rejected if any is rejected, else inconclusive. */
export function weakest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'accepted')) return 'accepted';
  return verdicts.includes('rejected') ? 'rejected' : 'inconclusive';
}
