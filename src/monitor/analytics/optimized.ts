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
 * Suggestions. `plan`: for hooks; `beside`: other things that turns waited for, the largest saving first, with their ceiling (Amdahl);
 * `cache`: the share of tokens that models read from their cache. `not_kept`: why no run can start from the plan; else null.
 */
export type Optimized = {
  plan: Optimization;
  beside: Bottlenecks['items'];
  cache: ReturnType<typeof cacheIn>;
  not_kept: string | null;
};

/** `plugins`: only the plugins of this folder; `dry`: null to analyse only the source of hooks, without running them. */
type Asked = { span: Span; plugins: string | undefined; dry: DryRunOptions | null };

/** The least ceiling of an item in `beside`: a smaller saving would not be noticeable. */
const LEAST_CEILING_PCT = 1;
const MOST = 10;

/** Null if the configuration disables suggestions. @throws the errors of the sentinel’s `optimize` */
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
