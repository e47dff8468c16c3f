import { percent } from '../../core/figures.ts';
import { fromTo, quantity } from '../../core/units.ts';
import type { Plan, PlanPhase, PlanQuote, PlanStep, PlanTechnique } from '../plan.ts';
import { block, code, table, text } from './syntax.ts';

/**
 * One phase of a plan: its steps in a table, then each step in detail. `all`: the steps of all phases, because step numbers count through
 * all phases.
 */
export function phaseText(phase: PlanPhase, number: number, plan: Plan, all: PlanStep[]): (string | false)[] {
  const { title, steps, left } = phase;
  const { unit, target, total } = plan;
  const before = all[all.indexOf(steps[0]!) - 1]?.left ?? total;
  const reached = target !== null && left <= target && before > target ? ', which reaches the target' : '';
  const numberOf = (step: PlanStep) => all.indexOf(step) + 1;
  const explainedBy = ({ technique }: PlanStep) =>
    all.findIndex((step) => step.technique?.name === technique?.name) + 1;
  const rows = steps.map((step) => [
    String(numberOf(step)),
    code(step.id),
    step.technique ? `${step.technique.name}${step.technique.shown === null ? '' : '?'}` : '–',
    text(quantity(step.gain, unit)),
    measured(step, unit),
    text(quantity(step.left, unit)),
    priceOf(step),
  ]);
  const head = ['#', 'component', 'technique', 'expected gain', 'measured gain', 'left after it', 'effort, risk'];
  return [
    `## Phase ${number}: ${title} (to ${text(quantity(left, unit))}${reached})`,
    table('rllrrrl', head, rows),
    ...steps.flatMap((step) => stepText(step, unit, numberOf(step), explainedBy(step))),
  ];
}

function priceOf({ effort, risk }: PlanStep): string {
  if (effort === null && risk === null) return 'unknown';
  return `${effort ?? 'unknown'}, ${risk ?? 'unknown'}`;
}

function measured({ measured: found, outcome }: PlanStep, unit: string): string {
  if (found) return text(`${quantity(found.gain, unit)} (${percent(found.improvement_pct)})`);
  return outcome ?? '–';
}

/**
 * The text of a step: a heading, the most expensive line, then the known facts. `explainedIn`: the number of the first step with the same
 * technique, which explains the technique.
 */
function stepText(step: PlanStep, unit: string, number: number, explainedIn: number): (string | false)[] {
  const { id, what, why, technique, tried, quote } = step;
  const lines = [
    what && `what: ${what}`,
    why && `why: ${why}`,
    ...(technique
      ? techniqueLines(technique, explainedIn < number ? explainedIn : null)
      : [!what && 'technique: none; the profile shows how much this costs, not why']),
    ...tried.map((line) => `tried: ${line}`),
  ].filter((line): line is string => Boolean(line));
  return [
    `### ${number}. ${code(id)}${stepChange(step, unit)}`,
    quote !== null && quoteText(quote),
    lines.map((line) => `- ${text(line)}`).join('\n'),
  ];
}

/** The position of the step's most expensive line, and the text of that line. */
function quoteText({ file, line, text: source, pct, is_newer }: PlanQuote): string {
  const cost =
    pct === null ? ', the beginning of the function (the profiler names no lines)' : `, ${percent(pct)} of the whole`;
  const newer = is_newer ? '; the file was written after the profile, so the line may have moved' : '';
  return `${code(`${file}:${line}`)}${cost}${newer}:\n\n${block(source)}`;
}

function stepChange({ cost, gain, measured, outcome }: PlanStep, unit: string): string {
  if (measured) return ': accepted';
  return outcome
    ? ` (${text(quantity(cost, unit))}): ${outcome}`
    : ` (${text(fromTo(cost, Math.max(0, cost - gain), unit))})`;
}

function techniqueLines(technique: PlanTechnique, explainedIn: number | null): string[] {
  const { name, what, applies, gives, costs, shown, others } = technique;
  const guess = shown === null ? '' : ` (from the profile, not from a proposal: ${shown})`;
  const also = others.map((other) => `or ${other.name}: ${other.shown}`);
  if (explainedIn !== null) return [`technique: ${name}${guess}, as in step ${explainedIn}`, ...also];
  return [`technique: ${name}${guess}: ${what}`, `applies to ${applies}`, `can give ${gives}; costs ${costs}`, ...also];
}
