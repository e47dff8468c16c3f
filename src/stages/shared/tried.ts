import { percent } from '../../core/units.ts';
import { attemptsOf } from './history.ts';
import { type RunState, stepsOf } from './run.ts';

/** One line for each thing that was tried in this run: what came of it, and why. */
export function triedLines(state: RunState): string[] {
  const judged = attemptsOf(state).map((a) => {
    const effect = a.primary?.improvement_pct;
    const measured = effect === null || effect === undefined ? '' : `, ${percent(effect)}`;
    return `attempt ${a.attempt}, ${a.hotspot}: ${a.verdict}${measured} (${a.reasons[0] ?? ''})`;
  });
  const skipped = stepsOf(state, 'fix')
    .filter((f) => f.result === 'skipped')
    .map((f) => `${f.data.hotspot.id}: skipped (${f.data.skipped})`);
  return [...judged, ...skipped];
}
