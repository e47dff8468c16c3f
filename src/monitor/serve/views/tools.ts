import { timesIn } from '../../rows.ts';
import { linesIn } from './lines.ts';
import { type Seen, spanOf } from './seen.ts';

/**
 * The durations of models, tools and waits for permission over the whole time span. For models and tools, the result also has the durations
 * per time step.
 */
export function tools({ db, ...seen }: Seen) {
  const span = spanOf(seen);
  return {
    ...timesIn(db, span, ['model', 'tool', 'permission']),
    models: linesIn(db, span, 'model'),
    tools: linesIn(db, span, 'tool'),
  };
}
