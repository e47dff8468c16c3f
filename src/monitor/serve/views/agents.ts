import { timesIn } from '../../rows.ts';
import { linesIn } from './lines.ts';
import { type Seen, spanOf } from './seen.ts';

/** The durations of subagents by type: for the whole time span, and for each time step. */
export function agents({ db, ...seen }: Seen) {
  const span = spanOf(seen);
  return { ...timesIn(db, span, ['agent']), columns: linesIn(db, span, 'agent') };
}
