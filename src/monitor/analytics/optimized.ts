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
 * Suggestions of what to make faster. `plan`: suggestions for hooks. `beside`: activities other than hooks that turns waited for, the
 * largest possible saving first. `cache`: the share of tokens that models read from their cache. `not_kept`: why the plan was not stored;
 * null if the plan was stored. No run can start from a plan that was not stored.
 */
export type Optimized = {
  plan: Optimization;
  beside: Bottlenecks['items'];
  cache: ReturnType<typeof cacheIn>;
  not_kept: string | null;
};

/**
 * The request. `plugins`: a folder of plugins to analyse; undefined to analyse the hooks of the project. `dry`: how to execute the hooks;
 * null to analyse only the source of the hooks.
 */
type Asked = { span: Span; plugins: string | undefined; dry: DryRunOptions | null };

/**
 * `beside` lists an activity only if at least this share of the time of turns, in per cent, could be saved. A smaller saving would not be
 * noticeable.
 */
const LEAST_CEILING_PCT = 1;
const MOST = 10;

/** Finds what could be made faster. Null if the configuration disables suggestions. @throws the errors of the sentinel’s `optimize` */
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
