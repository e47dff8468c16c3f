import type { Contract } from '../../contract/schema/contract.ts';
import { areAlike, convert } from '../../core/units.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import { isReported } from '../../measure/sources/sources.ts';
import { mannWhitney } from '../../stats/mann-whitney.ts';
import { median } from '../../stats/robust.ts';
import type { Amount } from '../judged.ts';
import type { CaveatOf } from './caveat.ts';

/**
 * Metrics that the instrument measures, so the program cannot falsify them. A function returns null if the instrument does not measure its
 * metric.
 */
const witnesses = {
  wall: (s: Sample) => s.wall_ms,
  cpu: (s: Sample) => (s.user_ms === null || s.sys_ms === null ? null : s.user_ms + s.sys_ms),
};

/** The one-sided error probability. One false caveat in twenty is acceptable, because a caveat is not an accusation. */
const ALPHA = 0.05;
/** The fraction of a claimed saving of time that the witness (wall or CPU time) must show. */
const TIME_SHARE = 0.5;
/** If the metric is not a time and the executions are too few for a test, the witness must show this fraction of the claimed gain. */
const SHARE = 0.25;

type Gain = { pct: number; amount: number };

/**
 * Whether the program's own numbers are the only evidence of the gain. The program prints or writes the primary metric, and neither wall
 * nor CPU time of the same executions (the witnesses) confirms the gain. If the metric is a time, a witness must show at least half of the
 * saving. For any other metric, a shorter time is enough. Always false for a load generator, which reports on the service and not on
 * itself.
 */
export function selfReportedAlone(
  { metrics: { primary }, repro }: Contract,
  measured: readonly Sample[],
): CaveatOf<'self_reported_alone'> | null {
  if (!isReported(primary.source) || repro.load) return null;
  const [base, candidate] = valuesBy(measured, (s) => s.metrics[primary.name] ?? null) ?? [[], []];
  const sign = primary.lower_is_better ? 1 : -1;
  const claimed = gainOf(base, candidate, sign);
  if (base.length === 0 || candidate.length === 0 || !(claimed.amount > 0)) return null;
  const savedMs = areAlike(primary.unit, 'ms') && sign === 1 ? convert(claimed.amount, primary.unit, 'ms') : null;
  const seen = Object.values(witnesses).map((read) => witnessed(valuesBy(measured, read), { claimed, savedMs }));
  if (seen.some((one) => one?.shows)) return null;
  const told = (gain: Gain): Amount =>
    savedMs === null ? { value: gain.pct, unit: '%' } : { value: gain.amount, unit: 'ms' };
  const [wall, cpu = null] = seen;
  return {
    code: 'self_reported_alone',
    metric: primary.name,
    claimed: told({ pct: claimed.pct, amount: savedMs ?? claimed.amount }),
    wall: told(wall!.gain),
    cpu: cpu && told(cpu.gain),
  };
}

type Claim = { claimed: Gain; savedMs: number | null };

/** Whether a witness confirms a claim, with the gain that the witness shows. Null if the witness has no samples. */
function witnessed(values: Both | null, { claimed, savedMs }: Claim): { shows: boolean; gain: Gain } | null {
  if (!values) return null;
  const [base, candidate] = values;
  const gain = gainOf(base, candidate, 1);
  const fell = mannWhitney(candidate, base).less <= ALPHA;
  const apart = Math.max(...candidate) < Math.min(...base);
  const enough = gain.pct >= SHARE * Math.min(claimed.pct, 100);
  const shows = savedMs === null ? fell || (apart && enough) : (fell || apart) && gain.amount >= TIME_SHARE * savedMs;
  return { shows, gain };
}

type Both = [base: number[], candidate: number[]];

/** The values of both arms in the order of the executions. Null if any value is missing. */
export function valuesBy(samples: readonly Sample[], read: (sample: Sample) => number | null): Both | null {
  const of = (arm: Sample['arm']) => samples.filter((s) => s.arm === arm).map(read);
  const [base, candidate] = [of('base'), of('candidate')];
  return base.every(isNumber) && candidate.every(isNumber) ? [base, candidate] : null;
}

/** The difference between the medians of the arms. Positive is better. */
function gainOf(base: readonly number[], candidate: readonly number[], sign: 1 | -1): Gain {
  if (base.length === 0 || candidate.length === 0) return { pct: 0, amount: 0 };
  const from = median([...base]);
  const amount = sign * (from - median([...candidate]));
  return { pct: from === 0 ? 0 : (100 * amount) / Math.abs(from), amount };
}

const isNumber = (value: number | null): value is number => value !== null;
