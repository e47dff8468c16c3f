import { percent } from '../../core/figures.ts';
import { fromTo, quantity } from '../../core/units.ts';
import type { Plan, PlanPhase, PlanStep, PlanTechnique } from '../plan.ts';
import { calibrationText } from '../proposal.ts';
import { code, paragraphs, table, text } from './syntax.ts';

/** The plan as a document. `assumed`, from 0 to 1: the part of its cost that a step without a prediction is expected to save. */
export function planMarkdown(plan: Plan, assumed: number): string {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  return `${paragraphs([
    `# Performance plan: ${text(plan.title)}`,
    overview(plan, assumed),
    '## Where it goes now',
    breakdown(plan),
    plan.bottlenecks.length > 0 && '### Bottlenecks',
    bottlenecks(plan),
    ...doneText(plan),
    ...plan.phases.flatMap((phase, i) => phaseText(phase, i + 1, plan, steps)),
    '## Expected result',
    expectation(plan),
  ])}\n`;
}

function overview({ source, total, unit, target, predictions }: Plan, assumed: number): string {
  const goal = target === null ? '' : ` Target: **${text(quantity(target, unit))}**.`;
  return paragraphs([
    `Now: **${text(quantity(total, unit))}** (${text(source)}).${goal}`,
    `A step without a prediction is expected to save ${percent(100 * assumed, 0)} of its cost. ${calibrationText(predictions)} Nothing counts until it is measured.`.replace(
      '  ',
      ' ',
    ),
  ]);
}

function breakdown({ components, total, unit }: Plan): string {
  const rows = components.map((c) => [
    code(c.id),
    text(quantity(c.cost, unit)),
    percent(c.share_pct),
    c.total_share_pct === null ? '–' : percent(c.total_share_pct),
  ]);
  const others = total - components.reduce((sum, c) => sum + c.cost, 0);
  const rest = ['everything else', text(quantity(others, unit)), percent((100 * others) / total), '–'];
  const head = ['component', 'cost by itself', 'share', 'with what is inside'];
  return table('lrrr', head, others > total / 1000 ? [...rows, rest] : rows);
}

function bottlenecks({ bottlenecks: found, total, unit }: Plan): string {
  const amount = (value: number) => text(quantity(value, unit));
  return found
    .map(({ id, cost, share_pct, why }, i) => {
      const of = `${amount(cost)}, ${percent(share_pct)} of the whole; without it at least ${amount(total - cost)} would be left`;
      return `${i + 1}. **${code(id)}** costs ${of}.${why ? ` Evidence: ${text(why)}.` : ''}`;
    })
    .join('\n');
}

function doneText({ done }: Plan): string[] {
  if (done.length === 0) return [];
  const rows = done.map(({ id, expected_pct, assumed, improvement_pct }, i) => [
    String(i + 1),
    code(id),
    expected_pct === null ? '–' : `${percent(expected_pct)}${assumed ? ' (assumed)' : ''}`,
    percent(improvement_pct),
  ]);
  const left = done.reduce((product, { improvement_pct }) => product * (1 - improvement_pct / 100), 1);
  return [
    `## Done: ${percent(100 * (1 - left))} less than at the start`,
    table('rlrr', ['#', 'component', 'expected', 'measured'], rows),
    done.map(({ what }) => `- ${text(what)}`).join('\n'),
  ];
}

/** `all`: the steps of all phases; numbers count through all of them. */
function phaseText(phase: PlanPhase, number: number, { unit, target }: Plan, all: PlanStep[]): string[] {
  const { title, steps, left } = phase;
  const reached = target !== null && left <= target ? ', which reaches the target' : '';
  const numberOf = (step: PlanStep) => all.indexOf(step) + 1;
  const toldBy = ({ technique }: PlanStep) => all.findIndex((step) => step.technique?.name === technique?.name) + 1;
  const rows = steps.map((step) => [
    String(numberOf(step)),
    code(step.id),
    step.technique ? `${step.technique.name}${step.technique.is_guess ? '?' : ''}` : '–',
    text(quantity(step.gain, unit)),
    measured(step, unit),
    text(quantity(step.left, unit)),
    `${step.effort}, ${step.risk}`,
  ]);
  const head = ['#', 'component', 'technique', 'expected gain', 'measured gain', 'left after it', 'effort, risk'];
  return [
    `## Phase ${number}: ${title} (to ${text(quantity(left, unit))}${reached})`,
    table('rllrrrl', head, rows),
    ...steps.flatMap((step) => stepText(step, unit, numberOf(step), toldBy(step))),
  ];
}

function measured({ measured: found, outcome }: PlanStep, unit: string): string {
  if (found) return text(`${quantity(found.gain, unit)} (${percent(found.improvement_pct)})`);
  return outcome ?? '–';
}

function expectation({ total, expected, unit, target, phases, components }: Plan): string {
  const saved = (before: number, after: number) => percent(before > 0 ? (100 * (before - after)) / before : 0);
  const steps = phases.flatMap((phase) => phase.steps);
  const row = (name: string, before: number, after: number) => [
    name,
    text(fromTo(before, after, unit)),
    saved(before, after),
  ];
  const changed = components.filter((c) => steps.some((step) => step.id === c.id));
  const done = steps.filter((step) => step.measured !== null || step.outcome !== null).length;
  const missing =
    target !== null && expected > target
      ? `That misses the target by ${text(quantity(expected - target, unit))}: a bolder idea is needed than those above.`
      : '';
  return paragraphs([
    table(
      'llr',
      ['component', 'now → expected', 'saved'],
      [...changed.map((c) => row(code(c.id), c.cost, c.expected)), row('**the whole**', total, expected)],
    ),
    `${done} of ${steps.length} steps tried so far. ${missing}`.trim(),
  ]);
}

/** A heading, then what is known of the step. `told`: the number of the step that explains its technique. */
function stepText(step: PlanStep, unit: string, number: number, told: number): string[] {
  const { id, what, why, technique, tried } = step;
  const lines = [
    what && `what: ${what}`,
    why && `why: ${why}`,
    ...(technique ? techniqueLines(technique, told < number ? told : null) : []),
    ...tried.map((line) => `tried: ${line}`),
  ].filter((line): line is string => Boolean(line));
  return [`### ${number}. ${code(id)}${stepChange(step, unit)}`, lines.map((line) => `- ${text(line)}`).join('\n')];
}

function stepChange({ cost, gain, measured, outcome }: PlanStep, unit: string): string {
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
