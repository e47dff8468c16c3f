import type { Asked, Judged, SessionData } from '../experiment/judged.ts';
import type { AttemptRecord } from '../record/data.ts';
import { reasonLine } from './reasons.ts';
import type { StoryAttempt, StoryVerdict } from './story.ts';
import { warningText } from './warnings.ts';

/** A verdict in words. */
export function storyVerdict(judged: Judged, asked: Asked): StoryVerdict {
  const { verdict, reasons, primary, watchdogs } = judged;
  const { screen, confirmation } = judged.sessions;
  const arms = (session: SessionData | null) => session && { base: session.base, candidate: session.candidate };
  const notes = [...(screen?.warnings ?? []), ...(confirmation?.warnings ?? [])].map(warningText);
  return {
    verdict,
    reasons: reasons.map((reason) => reasonLine(reason, asked)),
    primary,
    watchdogs,
    screen: arms(screen),
    confirmation: arms(confirmation),
    notes: [...new Set(notes)],
  };
}

/** What the record of an attempt does not hold. */
type Known = Pick<StoryAttempt, 'commit' | 'patch' | 'duration_s'>;

const unknown: Known = { commit: null, patch: '', duration_s: null };

export function storyAttempt(record: AttemptRecord & Judged, asked: Asked, known = unknown): StoryAttempt {
  const { attempt, hotspot, predicted_pct, ref, diffstat } = record;
  return { ...storyVerdict(record, asked), attempt, hotspot, predicted_pct, ref, diffstat, ...known };
}
