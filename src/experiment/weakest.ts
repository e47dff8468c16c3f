import type { Verdict } from './judged.ts';

/** One verdict from several verdicts: accepted if all are accepted, rejected if any is rejected, else inconclusive. */
export function weakest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'accepted')) return 'accepted';
  return verdicts.includes('rejected') ? 'rejected' : 'inconclusive';
}
