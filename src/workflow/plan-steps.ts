import { type Technique, techniques, techniquesFor } from '../profile/techniques.ts';
import type { Plan, PlanPhase, PlanStep } from '../report/plan.ts';
import type { Hotspot } from '../stages/shared/data.ts';
import { type Trial, trialLine } from '../stages/shared/trials.ts';

/** What a plan is made of: a ranked breakdown, what was proposed for it, and what was tried. */
export type Breakdown = {
  title: string;
  source: string;
  total: number;
  unit: string;
  /** Ranked, best first; their ceilings do not overlap. */
  hotspots: readonly Hotspot[];
  proposals: readonly Hotspot[];
  trials: readonly Trial[];
  /** What the total should come down to, in its unit; null where nobody said. */
  target: number | null;
};

/** A share below this is not worth a step, in per cent. */
const LEAST = 1;

/** Without a prediction, the part of its ceiling that a step is expected to give: a plan has to assume something, and says so. */
export const ASSUMED = 0.5;

const phases = [
  { effort: 'small', title: 'Quick' },
  { effort: 'medium', title: 'Deeper' },
  { effort: 'large', title: 'Structural' },
] as const;

/** Steps by effort, then by what they are expected to give; behind each what is left after it. */
export function planOf(breakdown: Breakdown): Plan {
  const { total, unit, hotspots, target, title, source } = breakdown;
  const worth = hotspots.filter((h) => (h.ceiling_pct ?? 0) >= LEAST);
  const steps = worth.map((h) => stepOf(h, breakdown)).sort((a, b) => b.gain - a.gain);
  let left = total;
  const ordered = phases.flatMap(({ effort, title: name }): PlanPhase[] => {
    const mine = steps.filter((step) => step.effort === effort);
    const after = mine.map((step) => {
      left -= step.measured === null ? step.gain : step.measured.gain;
      return { ...step, left };
    });
    return after.length > 0 ? [{ title: name, steps: after, left }] : [];
  });
  const shares = hotspots.map((h) => ({ id: h.id, cost: part(total, h.ceiling_pct), share_pct: h.ceiling_pct ?? 0 }));
  return { title, source, total, unit, target, components: shares, phases: ordered, expected: left };
}

function stepOf(hotspot: Hotspot, { total, proposals, trials }: Breakdown): Omit<PlanStep, 'left'> {
  const proposal = proposals.find((p) => p.id === hotspot.id);
  const technique = techniqueOf(hotspot, proposal);
  const cost = part(total, hotspot.ceiling_pct);
  const tried = trials.filter((trial) => trial.hotspot.id === hotspot.id);
  const kept = tried.findLast((trial) => trial.outcome === 'accepted');
  const predicted = proposal?.predicted_pct;
  return {
    id: hotspot.id,
    cost,
    gain: predicted === undefined ? cost * ASSUMED : part(total, predicted),
    assumed: predicted === undefined,
    technique,
    what: proposal?.what ?? technique?.what ?? null,
    why: proposal?.why ?? null,
    effort: proposal?.effort ?? technique?.effort ?? 'medium',
    risk: proposal?.risk ?? technique?.risk ?? 'medium',
    measured:
      kept?.measured_pct == null ? null : { gain: part(total, kept.measured_pct), improvement_pct: kept.measured_pct },
    tried: tried.map(trialLine),
  };
}

/** The one that was proposed by its name, else the first that the name of the place points to. */
function techniqueOf(hotspot: Hotspot, proposal: Hotspot | undefined): Technique | null {
  if (proposal?.technique) return techniques.find((t) => t.name === proposal.technique) ?? null;
  return techniquesFor(hotspot.id, 1)[0] ?? null;
}

const part = (total: number, pct = 0) => (total * pct) / 100;
