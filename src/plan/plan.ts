import { largestGain } from '../profile/rank/hotspots.ts';
import type { Hotspot } from '../record/data.ts';
import { findHotspot } from '../record/find-hotspot.ts';
import type { Plan, PlanPhase } from '../report/plan.ts';
import { predictionOf, trialLine } from '../report/trials.ts';
import type { Breakdown } from './breakdown.ts';
import { type Costs, costsOf, totalOf, without } from './costs.ts';
import type { PlanTrial } from './earlier-work.ts';
import { type Idea, ideaOf, openProposal } from './ideas.ts';

/** A place with a smaller share of the total, in per cent, gets no step. */
const LEAST = 1;

/** The part of its cost that a step without a prediction is expected to save. It is a plain assumption; the plan says so. */
export const ASSUMED = 0.5;

/** The bottlenecks are the most expensive places that together make up NAMED per cent of the total; each has NARROW per cent at least. */
const NAMED = 80;
const NARROW = 5;

const phases = [
  { effort: 'small', title: 'Quick' },
  { effort: 'medium', title: 'Deeper' },
  { effort: 'large', title: 'Structural' },
] as const;

/**
 * The plan: steps sorted by effort and then by expected gain, each with what is left after it. `target`: what the total should come
 * down to, in the breakdown's unit; null without a target.
 */
export function planOf(breakdown: Breakdown, target: number | null = null): Plan {
  const { total, unit, hotspots, title, source, trials } = breakdown;
  const start = costsOf(hotspots, total);
  const ideas = placesOf(breakdown).map((place) => ideaOf(place, breakdown));
  const sorted = ideas.sort((a, b) => expectedOf(b, start) - expectedOf(a, start));
  let costs = start;
  const ordered = phases.flatMap(({ effort, title: name }): PlanPhase[] => {
    const chosen = sorted.filter((idea) => idea.effort === effort);
    const steps = chosen.map((idea) => {
      const { step, after } = take(idea, costs);
      costs = after;
      return step;
    });
    return steps.length > 0 ? [{ title: name, steps, left: totalOf(costs) }] : [];
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
  return { title, source, total, unit, target, ...found, phases: ordered, expected: totalOf(costs) };
}

/** The places that are worth a step, and those with a change that was accepted after the breakdown. */
function placesOf({ hotspots, trials }: Breakdown): Hotspot[] {
  const kept = trials.filter(({ left, is_before }) => left !== null && !is_before).map((trial) => trial.hotspot);
  const changed = kept.map((place) => findHotspot(hotspots, place) ?? { id: place.id });
  const worth = hotspots.filter((h) => (h.ceiling_pct ?? 0) >= LEAST);
  return [...new Map([...worth, ...changed].map((place) => [place.id, place])).values()];
}

/** The expected gain of an idea, from the costs that are left. */
function expectedOf({ id, predicted_pct }: Idea, costs: Costs): number {
  return predicted_pct === null ? (costs.get(id) ?? 0) * ASSUMED : (totalOf(costs) * predicted_pct) / 100;
}

/** The step of an idea, and the costs after it: less the measured gain, or else the expected gain. A step that was tried in vain saves nothing. */
function take(idea: Idea, costs: Costs) {
  const { left, predicted_pct, ...known } = idea;
  const gain = expectedOf(idea, costs);
  const measured = left === null ? null : { gain: totalOf(costs) * (1 - left), improvement_pct: 100 * (1 - left) };
  const inVain = idea.outcome === 'rejected' || idea.outcome === 'skipped' || idea.outcome === 'undone';
  const after = without(costs, idea.id, measured?.gain ?? (inVain ? 0 : gain));
  const figures = {
    cost: costs.get(idea.id) ?? 0,
    gain,
    assumed: predicted_pct === null,
    measured,
    left: totalOf(after),
  };
  return { step: { ...known, ...figures }, after };
}

/** An accepted change that the breakdown already includes. */
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
