import { percent } from '../../core/units.ts';
import type { FixData, Hotspot, Verdict } from './data.ts';
import { attemptsOf } from './history.ts';
import { type RunState, type Step, stepsOf } from './run.ts';

/** Something that was tried: an attempt that was judged, or a fix that was skipped. */
export type Trial = {
  run: string;
  /** Null for a fix that was skipped. */
  attempt: number | null;
  hotspot: Hotspot;
  outcome: Verdict | 'undone' | 'skipped';
  /** In per cent, positive is better; null where nothing was measured, or a percentage has no meaning. */
  measured_pct: number | null;
  reason: string;
  /** The tree on which it was tried. */
  tree: string;
  /** The files that the attempt changed, from git's top level; those of a skipped fix are not known. */
  changed: string[];
};

/** What was tried in a run, in the order in which it happened. */
export function trialsOf(state: RunState): Trial[] {
  const judged = new Map(attemptsOf(state).map((attempt) => [attempt.attempt, attempt]));
  return stepsOf(state, 'fix').flatMap((step) => {
    if (step.result === 'skipped') return [skippedFix(state, step)];
    const attempt = judged.get(step.attempt);
    if (!attempt) return [];
    const { verdict, kept, primary, reasons, changes } = attempt;
    return [
      {
        ...common(state, step.data),
        attempt: attempt.attempt,
        outcome: verdict === 'accepted' && !kept ? 'undone' : verdict,
        measured_pct: primary?.improvement_pct ?? null,
        reason: reasons[0] ?? '',
        changed: changes.map((change) => change.path),
      },
    ];
  });
}

function skippedFix(state: RunState, { data }: Step & { data: FixData }): Trial {
  const nothing = { attempt: null, measured_pct: null, changed: [] };
  return { ...common(state, data), ...nothing, outcome: 'skipped', reason: data.skipped ?? '' };
}

const common = ({ run }: RunState, { hotspot, base }: FixData) => ({ run, hotspot, tree: base.tree });

/** `attempt 2, main src/a.js:3 (cache): rejected, -0.3 %: not_faster: …` */
export function trialLine({ attempt, hotspot, outcome, measured_pct, reason }: Trial): string {
  const which = attempt === null ? '' : `attempt ${attempt}, `;
  const how = hotspot.technique ? ` (${hotspot.technique})` : '';
  const measured = measured_pct === null ? '' : `, ${percent(measured_pct)}`;
  return `${which}${hotspot.id}${how}: ${outcome}${measured}${reason ? `: ${reason}` : ''}`;
}

/** One line for each thing that was tried in this run. */
export function triedLines(state: RunState): string[] {
  return trialsOf(state).map(trialLine);
}
