import type { Contract } from '../contract/schema/contract.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { measuredValue } from '../measure/sources/sources.ts';
import type { SessionData } from './judged.ts';

/** The wall time that stands beside the one that is judged, and the field that holds it. */
const others = {
  undelayed_wall: { source: 'wall', field: 'raw_wall' },
  wall: { source: 'undelayed_wall', field: 'undelayed_wall' },
} as const;

/**
 * Raw wall time beside a primary metric that is undelayed wall time, and the reverse, in its unit. It is shown and never judged, so that
 * nobody has to believe one figure alone. Empty where another source judges, or the instrument sees no delay.
 */
export function otherWall(
  measured: readonly Sample[],
  { metrics }: Contract,
): Pick<SessionData, 'raw_wall' | 'undelayed_wall'> {
  const { primary } = metrics;
  if (primary.source !== 'wall' && primary.source !== 'undelayed_wall') return {};
  const { source, field } = others[primary.source];
  const of = (arm: Sample['arm']) =>
    measured.filter((sample) => sample.arm === arm).map((sample) => measuredValue({ ...primary, source }, sample));
  const [base, candidate] = [of('base'), of('candidate')];
  return base.every(isNumber) && candidate.every(isNumber) ? { [field]: { base, candidate } } : {};
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
