import type { World } from '../../core/world.ts';
import type { DryRunOptions } from '../../sentinel/dry-run/options.ts';
import { frequenciesOf } from '../../sentinel/optimize/frequencies.ts';
import { type Optimization, optimize } from '../../sentinel/optimize/optimize.ts';
import { cacheIn } from '../rows.ts';
import type { Database } from '../store/driver.ts';
import type { Span } from '../store/read.ts';
import { type Bottlenecks, bottlenecksOf } from './bottlenecks.ts';
import { frequenciesIn } from './frequencies.ts';
import { turnsIn } from './turns-in.ts';

/**
 * What to change. `plan`: that of the hooks; `beside`: what else turns waited for, the largest saving first, with its ceiling (Amdahl); `cache`:
 * how much of what models read came from their cache. `not_kept`: why no run can begin from the plan; null where one can.
 */
export type Optimized = {
  plan: Optimization;
  beside: Bottlenecks['items'];
  cache: ReturnType<typeof cacheIn>;
  not_kept: string | null;
};

/** `plugins`: of one folder alone; `dry`: null to look at the texts of hooks alone. */
type Asked = { span: Span; plugins: string | undefined; dry: DryRunOptions | null };

/** What is told beside the plan: less than this saves nothing that a person would notice. */
const LEAST_CEILING_PCT = 1;
const MOST = 10;

/** Null where the configuration wants no suggestions. @throws what `optimize` of the sentinel throws */
export async function optimized(
  db: Database,
  { span, plugins, dry }: Asked,
  { world, wanted }: { world: World; wanted: boolean },
): Promise<Optimized | null> {
  if (!wanted) return null;
  const often = frequenciesIn(db, span) ?? frequenciesOf(world);
  const { made, problem } = await optimize({ plugins, dry, afresh: false }, world, often);
  const beside = bottlenecksOf(turnsIn(db, span)).items.filter(
    ({ kind, ceiling_pct }) => kind !== 'hook' && ceiling_pct >= LEAST_CEILING_PCT,
  );
  return { plan: made, beside: beside.slice(0, MOST), cache: cacheIn(db, span), not_kept: problem };
}
