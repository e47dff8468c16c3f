import { cacheIn } from '../../rows.ts';
import { columnsIn } from '../../store/columns.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

const metrics = ['input_tokens', 'cache_read_tokens', 'cache_creation_tokens', 'cost_usd'] as const;
type Sums = Record<(typeof metrics)[number], number>;

/**
 * The share of input tokens that came from the cache: for each model over the whole time span, and for all models together per time step.
 */
export function cache(seen: Seen) {
  const span = spanOf(seen);
  const step = stepOf(span);
  const columns = new Map<number, Sums>();
  for (const metric of metrics)
    for (const { t, sum } of columnsIn(seen.db, span, { kinds: ['model'], metric, step })) {
      const sums = columns.get(t) ?? { input_tokens: 0, cache_read_tokens: 0, cache_creation_tokens: 0, cost_usd: 0 };
      sums[metric] += sum;
      columns.set(t, sums);
    }
  return {
    ...cacheIn(seen.db, span),
    columns: [...columns]
      .sort(([a], [b]) => a - b)
      .map(([t, sums]) => ({ t, ...sums, cache_read_share: shareOf(sums) })),
  };
}

function shareOf({ input_tokens, cache_read_tokens, cache_creation_tokens }: Sums): number | null {
  const all = input_tokens + cache_read_tokens + cache_creation_tokens;
  return all === 0 ? null : Number((cache_read_tokens / all).toPrecision(4));
}
