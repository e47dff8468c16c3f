import { timesIn } from '../../rows.ts';
import { columnsIn, figuresOfColumn } from '../../store/columns.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

/** How long subagents took, by type: over the span, and piece by piece. */
export function agents(seen: Seen) {
  const span = spanOf(seen);
  const step = stepOf(span);
  return {
    ...timesIn(seen.db, span, ['agent']),
    step_ms: step,
    columns: columnsIn(seen.db, span, { kinds: ['agent'], metric: 'duration_ms', step }).map(figuresOfColumn),
  };
}
