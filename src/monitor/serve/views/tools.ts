import { timesIn } from '../../rows.ts';
import { columnsIn, figuresOfColumn } from '../../store/columns.ts';
import { type Seen, spanOf, stepOf } from './seen.ts';

/** How long models, tools and people who are asked for permission took: over the span, and models and tools piece by piece. */
export function tools(seen: Seen) {
  const span = spanOf(seen);
  const step = stepOf(span);
  const columns = (kind: 'model' | 'tool') =>
    columnsIn(seen.db, span, { kinds: [kind], metric: 'duration_ms', step }).map(figuresOfColumn);
  return {
    ...timesIn(seen.db, span, ['model', 'tool', 'permission']),
    step_ms: step,
    models: columns('model'),
    tools: columns('tool'),
  };
}
