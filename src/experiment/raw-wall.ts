import type { Contract } from '../contract/schema/contract.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { measuredValue } from '../measure/sources/sources.ts';
import type { SessionData } from './judged.ts';

/**
 * Raw wall time beside a primary metric that is undelayed wall time, in its unit. It is shown and never judged, so that nobody has to
 * believe the corrected figure alone. Empty where another source judges.
 */
export function rawWall(measured: readonly Sample[], { metrics }: Contract): Pick<SessionData, 'raw_wall'> {
  const { primary } = metrics;
  if (primary.source !== 'undelayed_wall') return {};
  const raw = { ...primary, source: 'wall' as const };
  const of = (arm: Sample['arm']) =>
    measured.flatMap((sample) => {
      const value = sample.arm === arm ? measuredValue(raw, sample) : null;
      return typeof value === 'number' ? [value] : [];
    });
  return { raw_wall: { base: of('base'), candidate: of('candidate') } };
}
