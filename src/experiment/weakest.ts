import type { Verdict } from './judged.ts';

/** The combination of several verdicts: accepted if all are, rejected if any is, else inconclusive. */
export function weakest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'accepted')) return 'accepted';
  return verdicts.includes('rejected') ? 'rejected' : 'inconclusive';
}
