import { fromTo, quantity } from '../core/units.ts';
import { code, paragraphs, table, text } from './markdown/syntax.ts';

/** One thing to try. Amounts are in the plan's unit. */
export type PlanStep = {
  id: string;
  /** What it costs now, and so the most that it can give. */
  cost: number;
  /** What it is expected to give. */
  gain: number;
  /** Whether nobody predicted the gain, so that a part of the cost was assumed. */
  assumed: boolean;
  technique: { name: string; applies: string; costs: string; gives: string } | null;
  what: string | null;
  why: string | null;
  effort: 'small' | 'medium' | 'large';
  risk: 'low' | 'medium' | 'high';
  /** What an accepted change to it really gave; null before. */
  measured: { gain: number; improvement_pct: number } | null;
  /** What was tried, as lines. */
  tried: string[];
  /** What is left of the total after it. */
  left: number;
};

export type PlanPhase = { title: string; steps: PlanStep[]; left: number };

/** A plan from a measured breakdown. */
export type Plan = {
  title: string;
  source: string;
  total: number;
  unit: string;
  target: number | null;
  /** What costs how much, the dearest first; shares in per cent of the total. */
  components: { id: string; cost: number; share_pct: number }[];
  phases: PlanPhase[];
  /** What is left when every step gives what is expected of it, or what it was measured to give. */
  expected: number;
};

/** The plan as a document. `assumed` is the part of its cost that a step without a prediction is expected to give, from 0 to 1. */
export function planMarkdown(plan: Plan, assumed: number): string {
  return `${paragraphs([
    `# Performance plan: ${text(plan.title)}`,
    overview(plan, assumed),
    '## Where it goes now',
    breakdown(plan),
    ...plan.phases.flatMap((phase, i) => phaseText(phase, plan, i)),
    '## Expected result',
    expectation(plan),
  ])}\n`;
}

function overview({ source, total, unit, target }: Plan, assumed: number): string {
  const goal = target === null ? '' : ` Target: **${text(quantity(target, unit))}**.`;
  return `Now: **${text(quantity(total, unit))}** (${text(source)}).${goal} Of a step that nobody made a prediction for, ${Math.round(100 * assumed)} % of its cost is expected; no step can give more than its cost. Nothing here counts before it was measured.`;
}

function breakdown({ components, total, unit }: Plan): string {
  const rows = components.map((c) => [code(c.id), text(quantity(c.cost, unit)), `${c.share_pct.toFixed(1)} %`]);
  const named = components.reduce((sum, c) => sum + c.cost, 0);
  const rest = [
    'the rest, which no part of the project is known to cause',
    text(quantity(total - named, unit)),
    `${(100 * (1 - named / total)).toFixed(1)} %`,
  ];
  return table('lrr', ['component', 'cost', 'share'], total - named > total / 1000 ? [...rows, rest] : rows);
}

function phaseText({ title, steps, left }: PlanPhase, { unit, target }: Plan, index: number): string[] {
  const reached = target !== null && left <= target ? ', which reaches the target' : '';
  const rows = steps.map((step, i) => [
    String(i + 1),
    code(step.id),
    step.technique?.name ?? '–',
    text(quantity(step.gain, unit)),
    step.measured ? text(`${quantity(step.measured.gain, unit)} (${step.measured.improvement_pct.toFixed(1)} %)`) : '–',
    text(quantity(step.left, unit)),
    `${step.effort}, ${step.risk}`,
  ]);
  const head = ['#', 'component', 'technique', 'expected gain', 'measured gain', 'left after it', 'effort, risk'];
  return [
    `## Phase ${index + 1}: ${title} (to ${text(quantity(left, unit))}${reached})`,
    table('rllrrrl', head, rows),
    ...steps.flatMap((step, i) => stepText(step, unit, i)),
  ];
}

function stepText(step: PlanStep, unit: string, index: number): string[] {
  const { technique, tried } = step;
  const lines = [
    step.why && `why: ${step.why}`,
    step.what && `what: ${step.what}`,
    technique && `applies to ${technique.applies}`,
    technique && `can give ${technique.gives}; costs ${technique.costs}`,
    ...tried.map((line) => `tried: ${line}`),
  ].filter((line): line is string => Boolean(line));
  return [
    `### ${index + 1}. ${code(step.id)} (${text(fromTo(step.cost, Math.max(0, step.cost - step.gain), unit))})`,
    lines.map((line) => `- ${text(line)}`).join('\n'),
  ];
}

function expectation({ total, expected, unit, target, phases }: Plan): string {
  const change = `${text(fromTo(total, expected, unit))} (${((100 * (total - expected)) / total).toFixed(1)} %)`;
  const done = phases.flatMap((phase) => phase.steps).filter((step) => step.measured !== null).length;
  const all = phases.reduce((sum, phase) => sum + phase.steps.length, 0);
  const missing =
    target !== null && expected > target
      ? ` That misses the target by ${text(quantity(expected - target, unit))}: a bolder idea is needed than those above.`
      : '';
  return `${change}; ${done} of ${all} steps measured so far.${missing}`;
}
