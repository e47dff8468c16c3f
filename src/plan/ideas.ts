import { largestGain } from '../profile/rank/hotspots.ts';
import { type Technique, techniques, techniquesFor } from '../profile/rank/techniques.ts';
import type { Hotspot } from '../record/data.ts';
import { isAbout } from '../record/find-hotspot.ts';
import type { PlanStep, PlanTechnique } from '../report/plan.ts';
import { evidence } from '../report/proposal.ts';
import { trialLine } from '../report/trials.ts';
import type { Breakdown } from './breakdown.ts';
import type { Proposal } from './earlier-work.ts';

/** A proposed change to a hotspot, and the outcome of its last trial if that outcome still applies. */
export type Idea = Pick<
  PlanStep,
  'id' | 'quote' | 'technique' | 'what' | 'why' | 'effort' | 'risk' | 'tried' | 'outcome'
> & {
  /** The predicted saving, in per cent of the total just before the step. Null without a prediction. */
  predicted_pct: number | null;
  /** The part of the total that remained after the accepted changes to the hotspot, from 0 to 1. Null without an accepted change. */
  left: number | null;
};

/**
 * The newest proposal for a hotspot. Proposals that were tried before the breakdown are ignored, because the breakdown already includes
 * their results.
 */
export function openProposal(place: Hotspot, { hotspots, proposals, trials }: Breakdown): Proposal | undefined {
  const isHere = ({ hotspot }: { hotspot: Hotspot }) => isAbout(place, hotspot, hotspots);
  const isTried = ({ at }: Proposal) =>
    trials.some((t) => t.is_before && t.at >= at && t.outcome !== 'inconclusive' && isHere(t));
  return proposals.find((proposed) => isHere(proposed) && !isTried(proposed));
}

/** The idea for a hotspot: the open proposal, else a technique that the profile suggests. */
export function ideaOf(place: Hotspot, breakdown: Breakdown): Idea {
  const { trials, hotspots } = breakdown;
  const tried = trials.filter(({ hotspot }) => isAbout(place, hotspot, hotspots));
  const proposed = openProposal(place, breakdown);
  const proposal = proposed?.hotspot;
  const last = tried.findLast((trial) => trial.is_settled);
  const isOpen = !last || (last.is_before && last.outcome === 'accepted') || (proposed && proposed.at > last.at);
  const kept = tried.filter((trial) => !trial.is_before).flatMap(({ left }) => left ?? []);
  const technique = techniqueOf(place, proposal);
  const most = largestGain(place);
  const predicted = proposal?.predicted_pct;
  return {
    id: place.id,
    quote: breakdown.quotes.get(place.id) ?? null,
    technique,
    what: proposal?.what ?? null,
    why: proposal?.why ?? (place.ceiling_pct === undefined ? null : evidence(place)),
    effort: proposal?.effort ?? technique?.effort ?? null,
    risk: proposal?.risk ?? technique?.risk ?? null,
    tried: tried.map((trial) => `in ${trial.run}, ${trialLine(trial)}`),
    predicted_pct: predicted === undefined ? null : Math.max(0, Math.min(predicted, most ?? predicted)),
    outcome: isOpen ? null : last.outcome,
    left: kept.length > 0 ? kept.reduce((product, left) => product * left, 1) : null,
  };
}

/** The proposal's technique, else the first technique that the profile suggests. Null if the proposer named an unknown technique. */
function techniqueOf(
  place: Hotspot,
  proposal: Hotspot | undefined,
): (PlanTechnique & Pick<Technique, 'effort' | 'risk'>) | null {
  const named = techniques.find((technique) => technique.name === proposal?.technique);
  if (named) return told(named, null, []);
  if (proposal?.technique) return null;
  const [first, ...others] = techniquesFor(place);
  if (!first) return null;
  const also = others.map(({ technique, shown }) => ({ name: technique.name, shown }));
  return told(first.technique, first.shown, also);
}

const told = ({ shown: _, ...technique }: Technique, shown: string | null, others: PlanTechnique['others']) => ({
  ...technique,
  shown,
  others,
});
