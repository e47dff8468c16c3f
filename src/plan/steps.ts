import { largestGain } from '../profile/rank/hotspots.ts';
import type { Hotspot } from '../record/data.ts';
import { findHotspot } from '../record/find-hotspot.ts';
import type { Plan, PlanPhase } from '../report/plan.ts';
import { predictionOf, trialLine } from '../report/trials.ts';
import { type Costs, costsOf, wholeOf, without } from './costs.ts';
import { type Idea, ideaOf, openProposal, type PlanTrial, type Proposed } from './ideas.ts';

/** What is planned from: a ranked breakdown, what was proposed for its places, and what was tried. */
export type Breakdown = {
  title: string;
  source: string;
  total: number;
  unit: string;
  /** Ranked, best first; their ceilings do not overlap. */
  hotspots: readonly Hotspot[];
  /** What somebody said of a place, the newest first. */
  proposals: readonly Proposed[];
  /** In the order in which they happened. */
  trials: readonly PlanTrial[];
  /** What the total should come down to, in its unit; null where nobody said. */
  target: number | null;
};

/** A share below this is not worth a step, in per cent. */
const LEAST = 1;

/** Without a prediction, the part of its cost that a step is expected to give: a plan has to assume something, and says so. */
export const ASSUMED = 0.5;

/** Bottlenecks are the dearest places, until so much of the whole is named, in per cent; one of less than the other is none. */
const NAMED = 80;
const NARROW = 5;

const phases = [
  { effort: 'small', title: 'Quick' },
  { effort: 'medium', title: 'Deeper' },
  { effort: 'large', title: 'Structural' },
] as const;

/** Steps by effort, then by what they are expected to give; behind each what is left after it. */
export function planOf(breakdown: Breakdown): Plan {
  const { total, unit, hotspots, target, title, source, trials } = breakdown;
  const start = costsOf(hotspots, total);
  const ideas = placesOf(breakdown).map((place) => ideaOf(place, breakdown));
  const sorted = ideas.sort((a, b) => expectedOf(b, start) - expectedOf(a, start));
  let costs = start;
  const ordered = phases.flatMap(({ effort, title: name }): PlanPhase[] => {
    const mine = sorted.filter((idea) => idea.effort === effort);
    const steps = mine.map((idea) => {
      const { step, after } = take(idea, costs);
      costs = after;
      return step;
    });
    return steps.length > 0 ? [{ title: name, steps, left: wholeOf(costs) }] : [];
  });
  const components = hotspots.map((h) => ({
    id: h.id,
    cost: start.get(h.id)!,
    share_pct: h.ceiling_pct ?? 0,
    total_share_pct: largestGain(h) ?? null,
    expected: costs.get(h.id)!,
  }));
  const done = trials.filter(({ left, is_before }) => left !== null && is_before).map(doneOf);
  const predictions = trials.map(predictionOf);
  const found = { components, bottlenecks: bottlenecksOf(breakdown), done, predictions };
  return { title, source, total, unit, target, ...found, phases: ordered, expected: wholeOf(costs) };
}

/** What is worth a step, and wherever a change was kept since. */
function placesOf({ hotspots, trials }: Breakdown): Hotspot[] {
  const kept = trials.filter(({ left, is_before }) => left !== null && !is_before).map((trial) => trial.hotspot);
  const changed = kept.map((place) => findHotspot(hotspots, place) ?? { id: place.id });
  const worth = hotspots.filter((h) => (h.ceiling_pct ?? 0) >= LEAST);
  return [...new Map([...worth, ...changed].map((place) => [place.id, place])).values()];
}

/** What an idea is expected to give of the whole as it is. */
function expectedOf({ id, predicted_pct }: Idea, costs: Costs): number {
  return predicted_pct === null ? (costs.get(id) ?? 0) * ASSUMED : (wholeOf(costs) * predicted_pct) / 100;
}

/** The step of an idea, and the costs after it: what was measured counts, else what is expected; nothing where it was tried in vain. */
function take(idea: Idea, costs: Costs) {
  const { left, predicted_pct, ...known } = idea;
  const gain = expectedOf(idea, costs);
  const measured = left === null ? null : { gain: wholeOf(costs) * (1 - left), improvement_pct: 100 * (1 - left) };
  const isVain = idea.outcome === 'rejected' || idea.outcome === 'skipped' || idea.outcome === 'undone';
  const after = without(costs, idea.id, measured?.gain ?? (isVain ? 0 : gain));
  const figures = {
    cost: costs.get(idea.id) ?? 0,
    gain,
    assumed: predicted_pct === null,
    measured,
    left: wholeOf(after),
  };
  return { step: { ...known, ...figures }, after };
}

/** An accepted change that the breakdown holds already. */
function doneOf(trial: PlanTrial): Plan['done'][number] {
  const { ceiling_pct } = trial.hotspot;
  const assumed = ceiling_pct === undefined ? null : ceiling_pct * ASSUMED;
  const predicted = trial.predicted_saving_pct;
  return {
    id: trial.hotspot.id,
    what: trialLine(trial),
    expected_pct: predicted ?? assumed,
    assumed: predicted === null,
    improvement_pct: 100 * (1 - trial.left!),
  };
}

function bottlenecksOf(breakdown: Breakdown): Plan['bottlenecks'] {
  let named = 0;
  return breakdown.hotspots.flatMap((h) => {
    const share_pct = h.ceiling_pct ?? 0;
    if (named >= NAMED || share_pct < NARROW) return [];
    named += share_pct;
    const why = openProposal(h, breakdown)?.hotspot.why ?? null;
    return [{ id: h.id, cost: (breakdown.total * share_pct) / 100, share_pct, why }];
  });
}
