import { largestGain } from '../profile/rank/hotspots.ts';
import { type Technique, techniques, techniquesFor } from '../profile/rank/techniques.ts';
import type { Hotspot } from '../record/data.ts';
import { isAbout } from '../record/find-hotspot.ts';
import type { Trial } from '../record/trials.ts';
import type { PlanStep, PlanTechnique } from '../report/plan.ts';
import { evidence } from '../report/proposal.ts';
import { trialLine } from '../report/trials.ts';

/** Something that was proposed, and when, as ISO 8601; what it predicts is what would be saved, in per cent of the whole. */
export type Proposed = { at: string; hotspot: Hotspot };

/** A trial, and what it says of the breakdown that is planned from. */
export type PlanTrial = Trial & {
  /** The part of the whole that it left, from 0 to 1; null where it was not kept, or is about something else than the breakdown. */
  left: number | null;
  /** What was predicted of it, in per cent of the whole that is saved; null where nothing was. */
  predicted_saving_pct: number | null;
  /** Whether it came before the breakdown, which holds what it gave. */
  is_before: boolean;
  /** Whether it came after the breakdown, or in the run that took it: its place is as it was then. */
  is_settled: boolean;
};

/** A place, what to do about it, and what came of it since the breakdown was taken. */
export type Idea = Pick<PlanStep, 'id' | 'technique' | 'what' | 'why' | 'effort' | 'risk' | 'tried' | 'outcome'> & {
  /** In per cent of the whole as it is when its turn comes; null where nobody said. */
  predicted_pct: number | null;
  left: number | null;
};

/** `hotspots`: all places of the breakdown. */
type Known = { hotspots: readonly Hotspot[]; proposals: readonly Proposed[]; trials: readonly PlanTrial[] };

/** The newest proposal for a place, unless what came of it is in the breakdown. */
export function openProposal(place: Hotspot, { hotspots, proposals, trials }: Known): Proposed | undefined {
  const isHere = ({ hotspot }: { hotspot: Hotspot }) => isAbout(place, hotspot, hotspots);
  const isSpent = ({ at }: Proposed) =>
    trials.some((t) => t.is_before && t.at >= at && t.outcome !== 'inconclusive' && isHere(t));
  return proposals.find((proposed) => isHere(proposed) && !isSpent(proposed));
}

export function ideaOf(place: Hotspot, known: Known): Idea {
  const tried = known.trials.filter(({ hotspot }) => isAbout(place, hotspot, known.hotspots));
  const proposed = openProposal(place, known);
  const proposal = proposed?.hotspot;
  const last = tried.findLast((trial) => trial.is_settled);
  const isOpen = !last || (last.is_before && last.outcome === 'accepted') || (proposed && proposed.at > last.at);
  const kept = tried.filter((trial) => !trial.is_before).flatMap(({ left }) => left ?? []);
  const technique = techniqueOf(place, proposal);
  const most = largestGain(place);
  const predicted = proposal?.predicted_pct;
  return {
    id: place.id,
    technique,
    what: proposal?.what ?? null,
    why: proposal?.why ?? (place.ceiling_pct === undefined ? null : evidence(place)),
    effort: proposal?.effort ?? technique?.effort ?? 'medium',
    risk: proposal?.risk ?? technique?.risk ?? 'medium',
    tried: tried.map((trial) => `in ${trial.run}, ${trialLine(trial)}`),
    predicted_pct: predicted === undefined ? null : Math.max(0, Math.min(predicted, most ?? predicted)),
    outcome: isOpen ? null : last.outcome,
    left: kept.length > 0 ? kept.reduce((product, left) => product * left, 1) : null,
  };
}

/** The one that was proposed by its name, else those that the name of the place points to. */
function techniqueOf({ id }: Hotspot, proposal: Hotspot | undefined): (Technique & PlanTechnique) | null {
  const named = techniques.find((technique) => technique.name === proposal?.technique);
  if (named) return { ...named, is_guess: false, others: [] };
  if (proposal?.technique) return null;
  const [first, ...others] = techniquesFor(id);
  return first ? { ...first, is_guess: true, others: others.map(({ name }) => name) } : null;
}
