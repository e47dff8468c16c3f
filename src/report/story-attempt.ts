import type { AttemptRecord, RemeasureData, SessionData } from '../record/data.ts';
import type { StoryAttempt } from './story.ts';

/** What is told of an attempt beyond its record, where it is known: the commit, the change itself, how long it took. */
type Known = { commit: string | null; patch: string; duration_s: number | null };

const nothing: Known = { commit: null, patch: '', duration_s: null };

export function storyAttempt(
  record: AttemptRecord,
  { screen, confirmation }: Pick<RemeasureData, 'screen' | 'confirmation'>,
  known = nothing,
): StoryAttempt {
  const arms = (session: SessionData | null) => session && { base: session.base, candidate: session.candidate };
  const { attempt, hotspot, predicted_pct, verdict, reasons, primary, watchdogs, ref, diffstat } = record;
  const warnings = [...(screen?.warnings ?? []), ...(confirmation?.warnings ?? [])];
  return {
    attempt,
    hotspot,
    predicted_pct: predicted_pct ?? null,
    verdict,
    reasons,
    primary,
    watchdogs,
    ref,
    diffstat,
    screen: arms(screen),
    confirmation: arms(confirmation),
    notes: [...new Set(warnings)],
    ...known,
  };
}
