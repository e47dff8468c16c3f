import { areAlike, convert } from '../core/units.ts';
import { largestGain } from '../profile/rank/hotspots.ts';
import type { Hotspot } from '../record/data.ts';
import { findHotspot } from '../record/find-hotspot.ts';
import type { Plan, PlanPhase, PlanStep } from '../report/plan.ts';
import { predictionOf, trialLine } from '../report/trials.ts';
import { alertsOf } from './alerts.ts';
import type { Breakdown } from './breakdown.ts';
import { type Costs, costsOf, totalOf, without } from './costs.ts';
import type { PlanTrial } from './earlier-work.ts';
import { type Idea, ideaOf, openProposal } from './ideas.ts';
import { type Days, timelineOf, usualDays } from './timeline.ts';

/** A hotspot gets a step if it has at least this share of the total, in per cent. */
const LEAST = 1;

/** Without a prediction, a step is assumed to save this part of its hotspot's cost. The plan states this assumption. */
export const ASSUMED = 0.5;

/**
 * The bottlenecks are the most expensive hotspots that together make up NAMED per cent of the total. A hotspot with less than NARROW per
 * cent is no bottleneck.
 */
const NAMED = 80;
const NARROW = 5;

/** `until`: the part (0 to 1) of the whole plan's gain that is reached at the end of the phase. */
const phases = [
  { title: 'the first half of the gain', until: 0.5 },
  { title: 'up to nine tenths of the gain', until: 0.9 },
  { title: 'the rest', until: 1 },
] as const;

/** Options of the user for a plan. `target`: the desired total, in the breakdown's unit. */
export type Asked = { target?: number | null; calls_a_month?: number | null; days?: Days };

/** The plan: steps ordered by expected gain, each with the total that remains after the step. */
export function planOf(
  breakdown: Breakdown,
  { target = null, calls_a_month = null, days = usualDays }: Asked = {},
): Plan {
  const { total, unit, clock, hotspots, title, source, trials, watched, proof_minutes } = breakdown;
  const start = costsOf(hotspots, total);
  const { steps, costs } = stepsInOrder(
    placesOf(breakdown).map((place) => ideaOf(place, breakdown)),
    start,
  );
  const components = hotspots.map((h) => ({
    id: h.id,
    cost: start.get(h.id)!,
    share_pct: h.ceiling_pct ?? 0,
    total_share_pct: largestGain(h) ?? null,
    expected: costs.get(h.id)!,
  }));
  const expected = totalOf(costs);
  const known = { title, total, unit, clock, target, components, expected };
  return {
    ...known,
    source,
    done: trials.filter(({ left, is_before }) => left !== null && is_before).map(doneOf),
    bottlenecks: bottlenecksOf(breakdown),
    left_out: hotspots.flatMap(leftOut),
    phases: inPhases(steps, total),
    timeline: timelineOf(steps, days),
    proof_minutes,
    alerts: alertsOf(known, watched),
    saved: savedOf(known, calls_a_month),
    predictions: trials.map(predictionOf),
  };
}

/**
 * Orders the steps by their gain, highest first. Failed ideas have a gain of 0. Costs only fall, so a later step never gains more than an
 * earlier one.
 */
function stepsInOrder(ideas: readonly Idea[], start: Costs): { steps: PlanStep[]; costs: Costs } {
  const open = [...ideas];
  const steps: PlanStep[] = [];
  let costs = start;
  while (open.length > 0) {
    const worth = open.map((idea) => worthOf(idea, costs));
    const [idea] = open.splice(worth.indexOf(Math.max(...worth)), 1);
    const { step, after } = take(idea!, costs);
    steps.push(step);
    costs = after;
  }
  return { steps, costs };
}

function worthOf(idea: Idea, costs: Costs): number {
  if (idea.left !== null) return totalOf(costs) * (1 - idea.left);
  return isInVain(idea) ? 0 : expectedOf(idea, costs);
}

const isInVain = ({ outcome }: Pick<Idea, 'outcome'>) =>
  outcome === 'rejected' || outcome === 'skipped' || outcome === 'undone';

/** Divides the steps into phases by their share of the gain. */
function inPhases(steps: readonly PlanStep[], total: number): PlanPhase[] {
  const whole = total - (steps.at(-1)?.left ?? total);
  let before = total;
  const phaseOf = steps.map(({ left }) => {
    const reached = whole > 0 ? (total - before) / whole : 0;
    before = left;
    return phases.findIndex(({ until }) => reached < until - 1e-9 || until === 1);
  });
  return phases.flatMap(({ title }, i): PlanPhase[] => {
    const chosen = steps.filter((_, at) => phaseOf[at] === i);
    return chosen.length > 0 ? [{ title, steps: chosen, left: chosen.at(-1)!.left }] : [];
  });
}

/** Hours that are saved in a month of 30 days. Null if the number of calls or the real time is unknown. */
function savedOf(
  { total, expected, unit, clock }: Pick<Plan, 'total' | 'expected' | 'unit' | 'clock'>,
  calls: number | null,
) {
  if (calls === null || !areAlike(unit, 'ms') || (clock.kind !== 'measured' && clock.kind !== 'program')) return null;
  return { calls_a_month: calls, hours_a_month: (convert(total - expected, unit, 'ms') * calls) / 3_600_000 };
}

function leftOut({ id, protected: isProtected, ceiling_pct, samples }: Hotspot): Plan['left_out'] {
  if (isProtected) return [{ id, because: 'protected' }];
  return ceiling_pct === undefined && samples === 1 ? [{ id, because: 'one_sample' }] : [];
}

/** The hotspots that get a step: those with a share of at least LEAST, and those with a change that was accepted after the breakdown. */
function placesOf({ hotspots, trials }: Breakdown): Hotspot[] {
  const kept = trials.filter(({ left, is_before }) => left !== null && !is_before).map((trial) => trial.hotspot);
  const changed = kept.map((place) => findHotspot(hotspots, place) ?? { id: place.id });
  const worth = hotspots.filter((h) => (h.ceiling_pct ?? 0) >= LEAST && !h.protected);
  return [...new Map([...worth, ...changed].map((place) => [place.id, place])).values()];
}

/**
 * The gain that an idea is expected to bring. With a prediction, the gain is the predicted percentage of the remaining total. Without a
 * prediction, the gain is the hotspot's remaining cost times ASSUMED.
 */
function expectedOf({ id, predicted_pct }: Idea, costs: Costs): number {
  return predicted_pct === null ? (costs.get(id) ?? 0) * ASSUMED : (totalOf(costs) * predicted_pct) / 100;
}

/**
 * Makes a step from an idea, and computes the costs after the step. The costs fall by the measured gain or, if nothing was measured, by the
 * expected gain. A failed step saves nothing.
 */
function take(idea: Idea, costs: Costs) {
  const { left, predicted_pct, ...known } = idea;
  const gain = expectedOf(idea, costs);
  const measured = left === null ? null : { gain: totalOf(costs) * (1 - left), improvement_pct: 100 * (1 - left) };
  const after = without(costs, idea.id, measured?.gain ?? (isInVain(idea) ? 0 : gain));
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
