import type { Contract } from '../../contract/schema/contract.ts';
import type { Sample } from '../../measure/sessions/sample.ts';
import { mad, median } from '../../stats/robust.ts';
import type { CaveatOf } from './caveat.ts';
import { valuesBy } from './self-reported.ts';

/** The warm-up's extra cost is a caveat if it is at least this fraction of the saving of one execution. */
const SHARE = 0.5;
/**
 * The extra cost of a warm-up counts as noise up to the larger of two limits: `MADS` MADs of the measured executions, or `PCT` per cent of
 * the base's median.
 */
const MADS = 6;
const PCT = 10;

type Cost = { metric: string; unit: string; of: (sample: Sample) => number | null };

/**
 * Whether the candidate saves costs in its measured executions by doing more in its warm-up, for example by caching its result.
 * Compares the primary metric if the warm-up has it, else wall time.
 */
export function warmUpHeavier({ metrics }: Contract, samples: readonly Sample[]): CaveatOf<'warm_up_heavier'> | null {
  const { name, unit, lower_is_better } = metrics.primary;
  const primary: Cost = { metric: name, unit, of: (s) => s.metrics[name] ?? null };
  const wall: Cost = { metric: 'wall time', unit: 'ms', of: (s) => s.wall_ms };
  for (const cost of lower_is_better ? [primary, wall] : [wall]) {
    const told = heavierBy(cost, samples);
    if (told) return told;
  }
  return null;
}

function heavierBy({ metric, unit, of }: Cost, samples: readonly Sample[]): CaveatOf<'warm_up_heavier'> | null {
  const runs = valuesBy(
    samples.filter((s) => !s.warmup),
    of,
  );
  const warmUps = valuesBy(
    samples.filter((s) => s.warmup),
    of,
  );
  if (!runs || !warmUps || [...runs, ...warmUps].some((values) => values.length === 0)) return null;
  const [base, candidate] = runs.map(median) as [number, number];
  const [first, firstOfCandidate] = warmUps.map(median) as [number, number];
  const saved = base - candidate;
  const own = firstOfCandidate - candidate;
  const paid = own - Math.max(0, first - base);
  const noise = Math.max(MADS * mad(runs[1]), MADS * mad(runs[0]), (PCT / 100) * base);
  if (!(saved > 0 && paid >= SHARE * saved && paid > noise)) return null;
  return { code: 'warm_up_heavier', metric, saved: { value: saved, unit }, paid: { value: paid, unit } };
}
