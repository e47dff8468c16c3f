import { timesIn } from '../../rows.ts';
import { linesIn } from './lines.ts';
import { type Seen, spanOf } from './seen.ts';

/** How long models, tools and people who are asked for permission took: over the span, and models and tools piece by piece. */
export function tools({ db, ...seen }: Seen) {
  const span = spanOf(seen);
  return {
    ...timesIn(db, span, ['model', 'tool', 'permission']),
    models: linesIn(db, span, 'model'),
    tools: linesIn(db, span, 'tool'),
  };
}
