import type { Contract } from '../contract/schema/contract.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { measuredValue } from '../measure/sources/sources.ts';
import type { SessionData } from './judged.ts';

/** For each wall-time source that is judged: the other source, and the session's field with the samples of the other source. */
const others = {
  undelayed_wall: { source: 'wall', field: 'raw_wall' },
  wall: { source: 'undelayed_wall', field: 'undelayed_wall' },
} as const;

/**
 * Samples of raw wall time if the primary metric is undelayed wall time. Samples of undelayed wall time if the primary metric is raw wall
 * time. The samples are in the metric's unit. The samples are shown as a cross-check and never judged. Empty for other primary metrics, or
 * if the instrument does not measure the delay.
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
