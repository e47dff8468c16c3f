import type { Verdict } from './judged.ts';

/** What several verdicts come to: accepted where all are, rejected where one is, else inconclusive. */
export function weakest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'accepted')) return 'accepted';
  return verdicts.includes('rejected') ? 'rejected' : 'inconclusive';
}
