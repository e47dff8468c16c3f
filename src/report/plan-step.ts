import { fromTo, quantity } from '../core/units.ts';
import { code, text } from './markdown/syntax.ts';
import type { PlanStep, PlanTechnique } from './plan.ts';

/** A step of a plan: its heading, then what is known of it. `told`: the step that told of its technique. */
export function stepText(step: PlanStep, unit: string, number: number, told: number): string[] {
  const { id, what, why, technique, tried } = step;
  const lines = [
    what && `what: ${what}`,
    why && `why: ${why}`,
    ...(technique ? techniqueLines(technique, told < number ? told : null) : []),
    ...tried.map((line) => `tried: ${line}`),
  ].filter((line): line is string => Boolean(line));
  return [`### ${number}. ${code(id)}${changeOf(step, unit)}`, lines.map((line) => `- ${text(line)}`).join('\n')];
}

function changeOf({ cost, gain, measured, outcome }: PlanStep, unit: string): string {
  if (measured) return ': accepted';
  return outcome
    ? ` (${text(quantity(cost, unit))}): ${outcome}`
    : ` (${text(fromTo(cost, Math.max(0, cost - gain), unit))})`;
}

function techniqueLines(technique: PlanTechnique, told: number | null): string[] {
  const { name, what, applies, gives, costs, is_guess, others } = technique;
  const also = others.length > 0 ? `, and to ${others.join(', ')}` : '';
  const guess = is_guess ? ` (nobody proposed it; the name of the place points to it${also})` : '';
  if (told !== null) return [`technique: ${name}${guess}, as in step ${told}`];
  return [`technique: ${name}${guess}: ${what}`, `applies to ${applies}`, `can give ${gives}; costs ${costs}`];
}
